package io.notagenbench.decoding;

import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.HandOvers;

/** What the decoders of one session share: the patch level with its cache, and the counts. They differ in the char level. */
abstract class SessionDecoder implements PatchDecoder {

    final EngineSession session;
    final PatchCache patchLevel;
    final CharWorkCounter work = new CharWorkCounter();

    SessionDecoder(EngineSession session) {
        this.session = session;
        patchLevel = new PatchCache(session);
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
    public final CharWork work() {
        return work.total();
    }

    @Override
    public final PatchWork patchWork() {
        return patchLevel.work();
    }

    @Override
    public final HandOvers handOvers() {
        return session.handOvers();
    }

    @Override
    public final void close() {
        session.close();
    }
}
