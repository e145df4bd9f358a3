package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.decoding.CharChooser;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import java.util.Arrays;

/**
 * Compares what is about to be timed with its recomputation, in the measuring process and before the first timed call,
 * so that a wrong kernel never gets a time.
 */
final class SelfCheck {

    private SelfCheck() {
    }

    /**
     * @param decoder what will be timed, with room for the context
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if the hidden state or, in fp32, characters
     *                 differ
     */
    static void run(NotaGenModel model, PatchDecoder decoder, int[] context, int patches, Parameters sampling) {
        try (PatchDecoder reference = PatchDecoders.open(Decoding.RECOMPUTE, model, patches)) {
            reference.encode(context, patches);
            decoder.truncate(0);
            for (int n = Math.max(1, patches - 2); n <= patches; n++) {
                decoder.encode(context, n);
            }
            requireClose(model, hidden(model, reference), hidden(model, decoder));
            int[] expected = decode(reference, sampling);
            int[] actual = decode(decoder, sampling);
            if (model.settings().precision() == Precision.FP32 && !Arrays.equals(expected, actual)) {
                throw Fault.failed(Outcome.WRONG_OUTPUT, "the patch that is to be timed is " + Arrays.toString(actual)
                        + ", recomputed it is " + Arrays.toString(expected));
            }
        }
    }

    /**
     * Compares the patch level over a whole context at once with one patch after the other.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if the hidden states of the newest patch differ
     */
    static void prefill(NotaGenModel model, EngineSession session, int[] context, int patches) {
        float[] batched = new float[model.config().hidden()];
        session.forwardPatches(context, 0, 0, patches);
        session.hiddenState(batched);
        float[] stepped = new float[batched.length];
        for (int patch = 0; patch < patches; patch++) {
            session.forwardPatches(context, patch * PATCH_SIZE, patch, 1);
        }
        session.hiddenState(stepped);
        requireClose(model, stepped, batched);
    }

    /**
     * Hidden states have unit variance: rounding errors are far smaller, and errors of computation far larger. In
     * reduced precisions, rows that are run together are rounded differently.
     */
    private static float tolerance(Precision precision) {
        return switch (precision) {
            case FP32 -> 1e-3f;
            case TF32, FP16, BF16 -> 0.1f;
            case INT8 -> 0.5f;
            case INT4, MIXED -> 1;
        };
    }

    static void requireClose(NotaGenModel model, float[] expected, float[] actual) {
        float tolerance = tolerance(model.settings().precision());
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - actual[i]) <= tolerance)) {
                throw Fault.failed(Outcome.WRONG_OUTPUT, "the hidden state that is to be timed has " + actual[i] + " at " + i
                        + ", recomputed it is " + expected[i]);
            }
        }
    }

    static float[] hidden(NotaGenModel model, PatchDecoder decoder) {
        float[] hidden = new float[model.config().hidden()];
        decoder.hiddenState(hidden);
        return hidden;
    }

    /** The patch up to its EOS, inclusive. */
    private static int[] decode(PatchDecoder decoder, Parameters sampling) {
        CharChooser chooser = new SampledPatch(sampling, new int[0]);
        int[] patch = new int[PATCH_SIZE];
        int decided = decoder.decode(patch, 0, chooser);
        for (int i = 0; i < decided; i++) {
            if (patch[i] == EOS) {
                return Arrays.copyOf(patch, i + 1);
            }
        }
        return Arrays.copyOf(patch, decided);
    }
}
