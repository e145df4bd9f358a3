package io.notagenbench.cli;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.Precision;
import io.notagenbench.engine.reference.ReferenceForward;
import java.util.Arrays;

/**
 * What a reduced precision loses over a piece of real music, every character given: how far its distributions are from
 * those of the weights in double precision.
 *
 * @param divergence mean Kullback-Leibler divergence of a character's distribution, in nats
 * @param agreement  share of the characters whose most probable one is the same
 */
record PrecisionLoss(double divergence, double agreement) {

    /** More than this is no longer the same model. */
    static double allowedDivergence(Precision precision) {
        return switch (precision) {
            case FP32 -> 1e-6;
            case TF32 -> 1e-3;
            case FP16, BF16 -> 0.01;
            case INT8 -> 0.05;
            case INT4 -> 0.3;
        };
    }

    /** The logits that are right, {@code [patches - 1, 16, 128]}: each patch of the context after those before it. */
    static double[][][] reference(Weights weights, int[] context) {
        ReferenceForward forward = new ReferenceForward(weights);
        int patches = context.length / PATCH_SIZE - 1;
        double[][] hidden = forward.hiddenStates(context, patches);
        double[][][] logits = new double[patches][][];
        for (int patch = 0; patch < patches; patch++) {
            logits[patch] = forward.logits(hidden[patch], patch(context, patch + 1), PATCH_SIZE);
        }
        return logits;
    }

    /** Compares a model with the {@link #reference}, patch after patch. */
    static PrecisionLoss of(NotaGenModel model, double[][][] reference, int[] context) {
        double divergence = 0;
        int agreed = 0;
        float[] row = new float[VOCABULARY];
        try (EngineSession session = model.newSession(reference.length)) {
            for (int patch = 0; patch < reference.length; patch++) {
                session.forwardPatches(context, patch * PATCH_SIZE, patch, 1);
                int[] next = patch(context, patch + 1);
                for (int slot = 0; slot < PATCH_SIZE; slot++) {
                    session.forwardChars(next, slot, 1, row);
                    double[] right = logProbabilities(reference[patch][slot]);
                    double[] given = logProbabilities(widen(row));
                    divergence += divergence(right, given);
                    agreed += mostProbable(right) == mostProbable(given) ? 1 : 0;
                }
            }
        }
        double characters = reference.length * PATCH_SIZE;
        return new PrecisionLoss(divergence / characters, agreed / characters);
    }

    private static int[] patch(int[] context, int patch) {
        return Arrays.copyOfRange(context, patch * PATCH_SIZE, (patch + 1) * PATCH_SIZE);
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

    private static int mostProbable(double[] logProbabilities) {
        int best = 0;
        for (int i = 1; i < logProbabilities.length; i++) {
            best = logProbabilities[i] > logProbabilities[best] ? i : best;
        }
        return best;
    }
}
