package io.notagenbench.abc;

import static io.notagenbench.checkpoint.ModelConfig.BOS;
import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Encodes text as patches of 16 ids, and decodes them (notagen.md, section 3; {@code Patchilizer} of the original). */
public final class PatchCodec {

    private PatchCodec() {
    }

    /** The BOS patch and the prompt's lines, each padded to whole patches: flat ids. */
    public static int[] encodePrompt(Prompt prompt) {
        return flatten(encodeMetadata(prompt.lines()));
    }

    /** The BOS patch and metadata lines, each with its newline. */
    static List<int[]> encodeMetadata(List<String> lines) {
        List<int[]> patches = new ArrayList<>();
        int[] bos = new int[PATCH_SIZE];
        Arrays.fill(bos, BOS);
        bos[PATCH_SIZE - 1] = EOS;
        patches.add(bos);
        lines.forEach(line -> patches.addAll(split(line)));
        return patches;
    }

    /** Splits a text into patches of 16 characters; a shorter last one gets one EOS, then padding. */
    static List<int[]> split(String text) {
        List<int[]> patches = new ArrayList<>();
        for (int start = 0; start < text.length(); start += PATCH_SIZE) {
            int[] patch = new int[PATCH_SIZE];
            int length = Math.min(PATCH_SIZE, text.length() - start);
            for (int i = 0; i < length; i++) {
                patch[i] = text.charAt(start + i);
            }
            if (length < PATCH_SIZE) {
                patch[length] = EOS;
            }
            patches.add(patch);
        }
        return patches;
    }

    static int[] flatten(List<int[]> patches) {
        return patches.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** Decodes ids {@code from} to {@code to}, up to the first EOS. */
    public static String decode(int[] ids, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to && ids[i] != EOS; i++) {
            text.append((char) ids[i]);
        }
        return text.toString();
    }
}
