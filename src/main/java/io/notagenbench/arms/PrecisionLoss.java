package io.notagenbench.arms;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.params.Precision;
import java.util.Arrays;

/**
 * What a reduced precision loses over a piece of real music, every character given: how far its distributions are from
 * those of the weights in double precision.
 *
 * @param divergence   mean Kullback-Leibler divergence of a character's distribution, in nats
 * @param agreement    share of the characters whose most probable one is the same
 * @param largestError of a logit
 * @param meanError    of all logits
 */
public record PrecisionLoss(double divergence, double agreement, double largestError, double meanError) {

    /** More than this is no longer the same model. */
    public static double allowedDivergence(Precision precision) {
        return switch (precision) {
            case FP32 -> 1e-6;
            case TF32 -> 1e-3;
            case FP16, BF16 -> 0.01;
            case INT8 -> 0.05;
            case INT4 -> 0.3;
        };
    }

    /**
     * The logits that are right, {@code [patches - 1, characters, 128]}: each patch of the context after those before it, up
     * to and with its EOS. What a model says behind that is never read, and was never trained.
     */
    public static double[][][] reference(Weights weights, int[] context) {
        ReferenceForward forward = new ReferenceForward(weights);
        int patches = context.length / PATCH_SIZE - 1;
        double[][] hidden = forward.hiddenStates(context, patches);
        double[][][] logits = new double[patches][][];
        for (int patch = 0; patch < patches; patch++) {
            int[] next = patch(context, patch + 1);
            logits[patch] = forward.logits(hidden[patch], next, characters(next));
        }
        return logits;
    }

    /** Those of a model, of the same shape, computed patch after patch and character after character. */
    public static double[][][] logits(NotaGenModel model, int[] context) {
        int patches = context.length / PATCH_SIZE - 1;
        double[][][] logits = new double[patches][][];
        float[] row = new float[VOCABULARY];
        try (EngineSession session = model.newSession(patches)) {
            for (int patch = 0; patch < patches; patch++) {
                session.forwardPatches(context, patch * PATCH_SIZE, patch, 1);
                int[] next = patch(context, patch + 1);
                logits[patch] = new double[characters(next)][];
                for (int slot = 0; slot < logits[patch].length; slot++) {
                    session.forwardChars(next, slot, 1, row);
                    logits[patch][slot] = widen(row);
                }
            }
        }
        return logits;
    }

    /** Compares logits with those that are right. */
    public static PrecisionLoss of(double[][][] right, double[][][] given) {
        double divergence = 0;
        int agreed = 0;
        double largest = 0;
        double sum = 0;
        double characters = Arrays.stream(right).mapToInt(patch -> patch.length).sum();
        for (int patch = 0; patch < right.length; patch++) {
            for (int slot = 0; slot < right[patch].length; slot++) {
                double[] first = right[patch][slot];
                double[] second = given[patch][slot];
                divergence += divergence(logProbabilities(first), logProbabilities(second));
                agreed += mostProbable(first) == mostProbable(second) ? 1 : 0;
                for (int id = 0; id < VOCABULARY; id++) {
                    double error = Math.abs(first[id] - second[id]);
                    largest = Math.max(largest, error);
                    sum += error;
                }
            }
        }
        return new PrecisionLoss(divergence / characters, agreed / characters, largest, sum / characters / VOCABULARY);
    }

    private static int[] patch(int[] context, int patch) {
        return Arrays.copyOfRange(context, patch * PATCH_SIZE, (patch + 1) * PATCH_SIZE);
    }

    /** Those of a patch that are drawn: all up to its EOS. */
    private static int characters(int[] patch) {
        int count = 1;
        while (count < PATCH_SIZE && patch[count - 1] != EOS) {
            count++;
        }
        return count;
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
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
