package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.engine.PatchDraws;

/**
 * As {@link CachedDecoder}, with the char level of a patch in one call of the engine, which samples, too: what a call
 * costs is paid once a patch, not once a character.
 */
final class FusedDecoder implements PatchDecoder {

    private final EngineSession session;
    private final PatchCache patchLevel;
    private final CharWorkCounter work = new CharWorkCounter();
    private final int[] drawn = new int[PATCH_SIZE];

    FusedDecoder(EngineSession session) {
        this.session = session;
        this.patchLevel = new PatchCache(session);
    }

    @Override
    public void truncate(int patches) {
        patchLevel.truncate(patches);
    }

    @Override
    public void encode(int[] context, int patches) {
        patchLevel.encode(context, patches);
    }

    @Override
    public void hiddenState(float[] hidden) {
        session.hiddenState(hidden);
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

    @Override
    public CharWork work() {
        return work.total();
    }

    @Override
    public PatchWork patchWork() {
        return patchLevel.work();
    }

    @Override
    public HandOvers handOvers() {
        return session.handOvers();
    }

    @Override
    public void close() {
        session.close();
    }
}
