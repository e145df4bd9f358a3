package io.notagenbench.arms;

import io.notagenbench.params.Precision;
import java.util.Arrays;

/**
 * What a reduced precision loses over a recorded piece, every character given: how far its distributions are from
 * those of the weights in double precision.
 *
 * @param divergence mean Kullback-Leibler divergence of a character's distribution, in nats
 * @param agreement  share of the characters whose most probable one is the same
 */
record PrecisionLoss(double divergence, double agreement) {

    /** Largest divergence, in nats, of a model that still counts as the same. */
    static double allowedDivergence(Precision precision) {
        return switch (precision) {
            case FP32 -> 1e-6;
            case TF32 -> 1e-3;
            case FP16, BF16 -> 0.01;
            case INT8, MIXED -> 0.05;
            case INT4 -> 0.3;
        };
    }

    /**
     * Compares logits with the exact ones.
     *
     * @param right {@code [patches, characters, 128]}
     * @param given of the same shape
     */
    static PrecisionLoss of(double[][][] right, double[][][] given) {
        double divergence = 0;
        int agreed = 0;
        for (int patch = 0; patch < right.length; patch++) {
            for (int slot = 0; slot < right[patch].length; slot++) {
                double[] first = right[patch][slot];
                double[] second = given[patch][slot];
                divergence += divergence(logProbabilities(first), logProbabilities(second));
                agreed += mostProbable(first) == mostProbable(second) ? 1 : 0;
            }
        }
        double characters = Arrays.stream(right).mapToInt(patch -> patch.length).sum();
        return new PrecisionLoss(divergence / characters, agreed / characters);
    }

    private static double[] logProbabilities(double[] logits) {
        double max = Arrays.stream(logits).max().orElseThrow();
        double sum = Arrays.stream(logits).map(logit -> Math.exp(logit - max)).sum();
        return Arrays.stream(logits).map(logit -> logit - max - Math.log(sum)).toArray();
    }

    private static double divergence(double[] right, double[] given) {
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            sum += Math.exp(right[i]) * (right[i] - given[i]);
        }
        return sum;
    }

    private static int mostProbable(double[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
