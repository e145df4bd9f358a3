package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.PatchDraws;

/**
 * As {@link CachedDecoder}, with the char level of a patch in one call of the engine, which samples, too: what a call
 * costs is paid once a patch, not once a character.
 */
final class FusedDecoder extends SessionDecoder {

    private final int[] drawn = new int[PATCH_SIZE];

    FusedDecoder(EngineSession session) {
        super(session);
    }

    @Override
    public int decode(int[] patch, int chosen, CharChooser chooser) {
        PatchDraws draws = chooser.draws(chosen);
        int decided = session.decodePatch(patch, chosen, draws, drawn);
        for (int slot = chosen; slot < decided; slot++) {
            work.pass(slot == chosen ? chosen + 1 : 1);
            chooser.drawn(slot, drawn[slot]);
            patch[slot] = draws.decided(slot, drawn[slot]);
        }
        return decided;
    }
}
