package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.engine.EngineSession;

/**
 * The baseline, step for step what the original does ({@code NotaGenLMHeadModel.generate} in {@code inference/utils.py}):
 * the whole context again for every patch, the whole patch again for every character, and all free slots filled even
 * after an EOS.
 */
final class RecomputeDecoder extends SessionDecoder {

    private final float[] logits = new float[PATCH_SIZE * VOCABULARY];

    RecomputeDecoder(EngineSession session) {
        super(session);
    }

    @Override
    public void encode(int[] context, int patches) {
        truncate(0);
        super.encode(context, patches);
    }

    @Override
    public int decode(int[] patch, int chosen, CharChooser chooser) {
        for (int slot = chosen; slot < PATCH_SIZE; slot++) {
            session.forwardChars(patch, 0, slot + 1, logits);
            work.pass(slot + 1);
            patch[slot] = chooser.choose(logits, slot * VOCABULARY, slot);
        }
        return PATCH_SIZE;
    }
}
