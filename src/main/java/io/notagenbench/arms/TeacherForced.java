package io.notagenbench.arms;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A recorded piece of which every character is given, so that every arm computes the same values of it whatever it
 * would have drawn: a context and the patch that follows it.
 *
 * @param context ids of the context, {@code patches * 16} of them
 * @param next    ids of the patch that follows, 16 of them
 */
record TeacherForced(int[] context, int[] next) {

    /** Some drafts and the character before them, as a speculative pass runs them. */
    private static final int DRAFTED_ROWS = 4;

    /**
     * What an arm computed in the steps of its decoding.
     *
     * @param hidden hidden state of the last patch of the context, {@code [H]}
     * @param logits logits of every character of the next patch, {@code [16, 128]}
     */
    record Values(float[] hidden, float[] logits) {
    }

    /**
     * The exact values, computed in double precision.
     *
     * @param hidden  as in {@link Values}
     * @param logits  as in {@link Values}, a row for each character
     * @param context as {@link TeacherForced#contextLogits} has them
     */
    record Reference(double[] hidden, double[][] logits, double[][][] context) {

        /** The largest error of a hidden state. */
        double hiddenError(Values values) {
            return IntStream.range(0, hidden.length)
                    .mapToDouble(i -> error(hidden[i], values.hidden()[i]))
                    .max().orElseThrow();
        }

        /** The largest error of a logit. */
        double logitError(Values values) {
            return IntStream.range(0, logits.length * VOCABULARY)
                    .mapToDouble(i -> error(logits[i / VOCABULARY][i % VOCABULARY], values.logits()[i]))
                    .max().orElseThrow();
        }

        /** The largest of these hidden values and logits. */
        double magnitude() {
            return DoubleStream.concat(DoubleStream.of(hidden), Arrays.stream(logits).flatMapToDouble(DoubleStream::of))
                    .map(Math::abs).max().orElseThrow();
        }

        private static double error(double right, float value) {
            return Float.isFinite(value) ? Math.abs(right - value) : Double.POSITIVE_INFINITY;
        }
    }

    /**
     * The prompt of a trace and its first patches.
     *
     * @param patches patches of the context, at most those of the trace
     */
    static TeacherForced of(Trace trace, int patches) {
        int[] prompt = PatchCodec.encodePrompt(trace.prompt());
        List<int[]> recorded = trace.patches();
        int[] ids = Arrays.copyOf(prompt, prompt.length + recorded.size() * PATCH_SIZE);
        for (int i = 0; i < recorded.size(); i++) {
            System.arraycopy(recorded.get(i), 0, ids, prompt.length + i * PATCH_SIZE, recorded.get(i).length);
        }
        int length = Math.min(patches, ids.length / PATCH_SIZE - 1) * PATCH_SIZE;
        return new TeacherForced(Arrays.copyOf(ids, length), Arrays.copyOfRange(ids, length, length + PATCH_SIZE));
    }

    int patches() {
        return context.length / PATCH_SIZE;
    }

    /** Runs the plain forward pass. */
    Reference reference(Weights weights) {
        ReferenceForward forward = new ReferenceForward(weights);
        double[][] hidden = forward.hiddenStates(context, patches());
        double[][][] logits = new double[patches() - 1][][];
        for (int patch = 0; patch < logits.length; patch++) {
            int[] following = patch(patch + 1);
            logits[patch] = forward.logits(hidden[patch], following, characters(following));
        }
        double[] last = hidden[patches() - 1];
        return new Reference(last, forward.logits(last, next, PATCH_SIZE), logits);
    }

    /** Runs it on a model in the steps of a decoding. */
    Values run(NotaGenModel model, Decoding decoding) {
        float[] hidden = new float[model.config().hidden()];
        float[] logits = new float[PATCH_SIZE * VOCABULARY];
        try (EngineSession session = model.newSession(patches())) {
            encode(session, decoding == Decoding.RECOMPUTE ? patches() : Math.max(1, patches() / 2));
            decode(session, rows(decoding), logits);
            session.hiddenState(hidden);
        }
        return new Values(hidden, logits);
    }

    /** Number of characters that a pass of the char level runs. */
    private static int rows(Decoding decoding) {
        return switch (decoding) {
            case RECOMPUTE -> PATCH_SIZE;
            case CACHED, FUSED -> 1;
            case SPECULATIVE -> DRAFTED_ROWS;
        };
    }

    /** The first patches of the context at once, the rest patch by patch. */
    private void encode(EngineSession session, int prefill) {
        session.forwardPatches(context, 0, 0, prefill);
        for (int patch = prefill; patch < patches(); patch++) {
            session.forwardPatches(context, patch * PATCH_SIZE, patch, 1);
        }
    }

    private void decode(EngineSession session, int rows, float[] logits) {
        float[] some = new float[rows * VOCABULARY];
        for (int slot = 0; slot < PATCH_SIZE; slot += rows) {
            session.forwardChars(next, slot, rows, some);
            System.arraycopy(some, 0, logits, slot * VOCABULARY, rows * VOCABULARY);
        }
    }

    /**
     * Logits of the characters of the context, {@code [patches - 1, characters, 128]}: each patch after those before
     * it, up to and with its EOS, computed patch after patch and character after character. What a model says behind an
     * EOS is never read, and was never trained.
     */
    double[][][] contextLogits(NotaGenModel model) {
        double[][][] logits = new double[patches() - 1][][];
        float[] row = new float[VOCABULARY];
        try (EngineSession session = model.newSession(patches())) {
            for (int patch = 0; patch < logits.length; patch++) {
                session.forwardPatches(context, patch * PATCH_SIZE, patch, 1);
                int[] following = patch(patch + 1);
                logits[patch] = new double[characters(following)][];
                for (int slot = 0; slot < logits[patch].length; slot++) {
                    session.forwardChars(following, slot, 1, row);
                    logits[patch][slot] = widen(row);
                }
            }
        }
        return logits;
    }

    private int[] patch(int number) {
        return Arrays.copyOfRange(context, number * PATCH_SIZE, (number + 1) * PATCH_SIZE);
    }

    /** Returns the number of characters of a patch that are drawn: all up to its EOS. */
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
}
