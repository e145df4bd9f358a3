package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.BatchGenerator;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.List;

/**
 * Compares pieces that are decoded together with the same pieces decoded alone, in the measuring process and before
 * anything is timed.
 */
final class BatchSelfCheck {

    /** Enough for the first patch of the body to be decoded twice, and short for a large model. */
    private static final int PATCHES = 3;
    private static final int PIECES = 4;

    private BatchSelfCheck() {
    }

    /**
     * Runs a context in every slot, every other one a patch shorter, and compares hidden states with the recomputed
     * ones.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if they differ
     */
    static void patchLevel(NotaGenModel model, int slots, int[] context, int patches) {
        float[] actual = new float[model.config().hidden()];
        int[] newest = new int[slots * PATCH_SIZE];
        int[] positions = new int[slots];
        float[][] expected = {recomputed(model, context, patches), recomputed(model, context, patches - 1)};
        try (BatchSession batch = model.newBatch(slots, patches)) {
            for (int slot = 0; slot < slots; slot++) {
                positions[slot] = patches - 1 - slot % 2;
                batch.prefill(slot, context, 0, 0, positions[slot]);
                System.arraycopy(context, positions[slot] * PATCH_SIZE, newest, slot * PATCH_SIZE, PATCH_SIZE);
            }
            batch.stepPatches(slots, newest, positions);
            for (int slot = 0; slot < slots; slot++) {
                batch.hiddenState(slot, actual);
                SelfCheck.requireClose(model, expected[slot % 2], actual);
            }
        }
    }

    private static float[] recomputed(NotaGenModel model, int[] context, int patches) {
        try (PatchDecoder decoder = PatchDecoders.open(Decoding.RECOMPUTE, model, patches)) {
            decoder.encode(context, patches);
            return SelfCheck.hidden(model, decoder);
        }
    }

    /**
     * Compares the first patches of the first pieces. Only in fp32 is a text independent of what is computed together.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if a text differs
     */
    static void texts(NotaGenModel model, int slots, List<GenerationSettings> queue) {
        if (model.settings().precision() != Precision.FP32) {
            return;
        }
        List<GenerationSettings> beginnings =
                queue.stream().limit(PIECES).map(piece -> piece.endless().budget(PATCHES)).toList();
        int window = queue.get(0).patchLength();
        List<Piece> together;
        try (BatchDecoder decoder = BatchDecoder.open(model, slots, window)) {
            together = new BatchGenerator(decoder).generate(beginnings);
        }
        for (int i = 0; i < beginnings.size(); i++) {
            try (PatchDecoder decoder = PatchDecoders.open(Decoding.CACHED, model, window)) {
                String alone = new PieceGenerator(beginnings.get(i), decoder).generate().raw();
                if (!together.get(i).raw().equals(alone)) {
                    throw Fault.failed(Outcome.WRONG_OUTPUT, "the piece that is to be timed begins with\n"
                            + together.get(i).raw() + "\ndecoded alone it begins with\n" + alone);
                }
            }
        }
    }

    /**
     * Compares what several devices wrote with what one of them wrote alone. Only in fp32 is a text independent of what
     * is computed together.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if a text differs
     */
    static void sameTexts(NotaGenModel model, List<Piece> alone, List<Piece> spread) {
        for (int i = 0; i < alone.size() && model.settings().precision() == Precision.FP32; i++) {
            if (!spread.get(i).raw().equals(alone.get(i).raw())) {
                throw Fault.failed(Outcome.WRONG_OUTPUT, "several devices wrote the piece with seed "
                        + spread.get(i).seed() + " as\n" + spread.get(i).raw() + "\none of them alone wrote\n" + alone.get(i).raw());
            }
        }
    }
}
