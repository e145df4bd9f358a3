package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.engine.EngineSession;

/**
 * Key/value caches on both levels: a patch costs one patch-level step and one char-level step a character, and stops at
 * its EOS. A truncated context makes the next patch-level step a prefill.
 */
final class CachedDecoder extends SessionDecoder {

    private final float[] logits = new float[PATCH_SIZE * VOCABULARY];

    CachedDecoder(EngineSession session) {
        super(session);
    }

    @Override
    public int decode(int[] patch, int chosen, CharChooser chooser) {
        session.forwardChars(patch, 0, chosen + 1, logits);
        work.pass(chosen + 1);
        int newest = chosen * VOCABULARY;
        for (int slot = chosen; ; slot++) {
            patch[slot] = chooser.choose(logits, newest, slot);
            if (patch[slot] == EOS || slot == PATCH_SIZE - 1) {
                return slot + 1;
            }
            session.forwardChars(patch, slot + 1, 1, logits);
            work.pass(1);
            newest = 0;
        }
    }
}
