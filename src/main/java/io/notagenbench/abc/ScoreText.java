package io.notagenbench.abc;

import static io.notagenbench.checkpoint.ModelConfig.BOS;
import static io.notagenbench.checkpoint.ModelConfig.EOS;

import io.notagenbench.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A score in the form that NotaGen's training data have (notagen.md, section 3, rule 7): the lines of a prompt, a
 * header, and a body whose lines are a bar each, in all the voices that do not rest, with {@code [r:i/n]} in front.
 *
 * @param prompt     its first lines
 * @param header     the lines between the prompt and the body, each with its newline
 * @param body       each with its newline
 * @param source     what its fields said of title, composer and edition; empty where they said nothing
 * @param silentBars bars in which every voice rested: the form has no line for them
 */
public record ScoreText(Prompt prompt, List<String> header, List<String> body, String source, int silentBars) {

    /** The most characters of a piece. */
    static final int LONGEST = 102_400;

    /**
     * Reads ABC in this form, or in any other, which is brought into this one as the original's
     * {@code 2_data_preprocess.py} does.
     *
     * @param given the prompt; empty = that of the file, if it has one
     * @throws Fault (usage) in one sentence that says what is missing
     */
    public static ScoreText read(Path file, Optional<Prompt> given) {
        List<String> lines = AbcFile.lines(file);
        ScoreText read = InterleavedAbc.of(lines).orElseGet(() -> new OrdinaryAbc(file, lines).score());
        ScoreText score = new ScoreText(given.orElse(read.prompt()), read.header(), read.body(), read.source(),
                read.silentBars());
        if (score.text().length() > LONGEST) {
            throw AbcFile.refuse(file, "it would have " + score.text().length() + " characters, and a piece has at"
                    + " most " + LONGEST + "; leave out the end of it");
        }
        return score;
    }

    /** Returns the whole text. */
    public String text() {
        return prompt.text() + String.join("", header) + String.join("", body);
    }

    /**
     * The ids of the patches that follow the prompt, each up to and with its EOS, and of the end patch: those of the
     * original's {@code Patchilizer.encode_train} without their padding.
     */
    public int[] stream() {
        List<int[]> patches = new ArrayList<>();
        header.forEach(line -> patches.addAll(PatchCodec.split(line)));
        BarSplitter.bars(body).forEach(bar -> patches.addAll(PatchCodec.split(bar)));
        patches.add(new int[] {BOS, EOS});
        return patches.stream().flatMapToInt(ScoreText::withoutPadding).toArray();
    }

    private static IntStream withoutPadding(int[] patch) {
        int end = 0;
        while (end < patch.length && patch[end] != EOS) {
            end++;
        }
        return Arrays.stream(patch, 0, Math.min(end + 1, patch.length));
    }

    /** The lines of a body with how many came before and how many follow. */
    static List<String> numbered(List<String> body) {
        return IntStream.range(0, body.size())
                .mapToObj(i -> "[r:" + i + "/" + (body.size() - i - 1) + "]" + body.get(i)).toList();
    }
}
