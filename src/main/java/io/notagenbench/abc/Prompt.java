package io.notagenbench.abc;

import java.util.List;
import java.util.Locale;

/** What a piece begins with, before the model writes its first patch (notagen.md, section 3). */
public sealed interface Prompt permits StylePrompt, FirstLines {

    /** Nothing at all: pretrained weights take no prompt. */
    Prompt NONE = new FirstLines("none", List.of());

    /** What a file that {@link FirstLines} are read from ends in. */
    String FILE_ENDING = ".abc";

    /**
     * Reads the form of {@code -p prompt=}: {@code none}, the path of a {@value #FILE_ENDING} file, or period, composer and
     * instrumentation.
     *
     * @throws io.notagenbench.fault.Fault (usage) if it is none of them, or the file is no prompt
     */
    static Prompt parse(String text) {
        if (text.equals(NONE.label())) {
            return NONE;
        }
        return text.toLowerCase(Locale.ROOT).endsWith(FILE_ENDING) ? FirstLines.read(text) : StylePrompt.parse(text);
    }

    /** How {@code -p prompt=} names it. */
    String label();

    /** The first lines of the text, each with its newline; only the last may be without. */
    List<String> lines();

    /** The beginning of the text. */
    default String text() {
        return String.join("", lines());
    }

    /** What a person should know before a model reads it, a sentence each; empty where that is nothing. */
    List<String> warnings();
}
