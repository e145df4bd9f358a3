package io.notagenbench.generate;

import io.notagenbench.sampling.NumpyRandom;
import java.util.Arrays;
import java.util.List;

/** The uniform numbers that the characters of a trace are drawn with: a draft of one is drawn with the same number. */
public sealed interface Uniforms {

    /** Returns a number in [0, 1) for each id of the patches. */
    double[] of(List<int[]> patches);

    /**
     * The uniform numbers of a piece that a model wrote.
     *
     * @param seed  of the random numbers
     * @param draws for each patch, which uniform number of the seed its first id was drawn with; the others follow
     */
    record Drawn(long seed, int[] draws) implements Uniforms {

        @Override
        public double[] of(List<int[]> patches) {
            int[] indexes = new int[patches.stream().mapToInt(patch -> patch.length).sum()];
            int at = 0;
            for (int patch = 0; patch < patches.size(); patch++) {
                for (int i = 0; i < patches.get(patch).length; i++) {
                    indexes[at++] = Math.max(0, draws[patch] + i);
                }
            }
            double[] all = new double[Arrays.stream(indexes).max().orElse(0) + 1];
            new NumpyRandom(seed).fill(all, all.length);
            return Arrays.stream(indexes).mapToDouble(index -> all[index]).toArray();
        }
    }

    /**
     * The uniform numbers of a score that no model wrote. Each is in the interval in which a model draws the character,
     * so the model would have written the score with them.
     *
     * @param numbers one for each id
     * @param fit     how the intervals were found
     */
    record Fitted(double[] numbers, Fit fit) implements Uniforms {

        @Override
        public double[] of(List<int[]> patches) {
            return numbers;
        }
    }

    /**
     * Which model and settings gave each character its interval.
     *
     * @param model       as {@code -p model=} names it
     * @param hash        SHA-256 of its weights
     * @param patchLength context window in patches
     * @param topK        of the filter
     * @param topP        of the filter
     * @param temperature of the distribution
     * @param seed        of the numbers within the intervals
     * @param outside     how many characters top-k and top-p would have left out: their intervals are tiny
     */
    record Fit(String model, String hash, int patchLength, int topK, double topP, double temperature, long seed,
            int outside) {
    }
}
