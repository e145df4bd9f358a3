package io.notagenbench.abc;

import java.util.List;
import java.util.Locale;

/** The beginning of a piece, before the model writes its first patch (notagen.md, section 3). */
public sealed interface Prompt permits StylePrompt, PromptLines {

    /** An empty prompt, for pretrained weights. */
    Prompt NONE = new PromptLines("none", List.of());

    /** The ending of the name of a file with {@link PromptLines}. */
    String FILE_ENDING = ".abc";

    /**
     * Reads the value of {@code -p prompt=}: {@code none}, the path of a {@value #FILE_ENDING} file, or period,
     * composer and instrumentation.
     *
     * @throws io.notagenbench.fault.Fault (usage) if it is none of these, or the file is not a prompt
     */
    static Prompt parse(String text) {
        if (text.equals(NONE.label())) {
            return NONE;
        }
        return text.toLowerCase(Locale.ROOT).endsWith(FILE_ENDING) ? PromptLines.read(text) : StylePrompt.parse(text);
    }

    /**
     * Reads a prompt that somebody sends, which names no file: {@code none}, period, composer and instrumentation, or,
     * if it has a line break or begins with %, the first lines themselves.
     *
     * @throws io.notagenbench.fault.Fault (usage) if it is none of them
     */
    static Prompt sent(String text) {
        if (text.equals(NONE.label())) {
            return NONE;
        }
        return text.indexOf('\n') >= 0 || text.startsWith("%") ? PromptLines.sent(text)
                : StylePrompt.parse(text, "or none, or the first lines of a piece");
    }

    /** The value of {@code -p prompt=} for this prompt. */
    String label();

    /** The first lines of the text, each with its newline; only the last may have none. */
    List<String> lines();

    /** The beginning of the text. */
    default String text() {
        return String.join("", lines());
    }

    /** Sentences that a person should read before the prompt is used; often none. */
    List<String> warnings();
}
