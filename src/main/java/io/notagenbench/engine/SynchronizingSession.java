package io.notagenbench.engine;

/**
 * A session on a CUDA device whose calls return when the device has finished. An engine returns as soon as it has
 * queued the work, so a timed call would measure the queueing.
 *
 * @param synchronize waits for the device
 */
record SynchronizingSession(EngineSession session, Runnable synchronize) implements EngineSession {

    @Override
    public void forwardPatches(int[] patches, int offset, int from, int count) {
        session.forwardPatches(patches, offset, from, count);
        synchronize.run();
    }

    @Override
    public void startFrom(int patch) {
        session.startFrom(patch);
        synchronize.run();
    }

    /** Copying to the host waits for the device. */
    @Override
    public void hiddenState(float[] hidden) {
        session.hiddenState(hidden);
    }

    /** Copying to the host waits for the device. */
    @Override
    public void forwardChars(int[] chars, int from, int count, float[] logits) {
        session.forwardChars(chars, from, count, logits);
    }

    /** Copying to the host waits for the device. */
    @Override
    public int decodePatch(int[] patch, int chosen, PatchDraws draws, int[] drawn) {
        return session.decodePatch(patch, chosen, draws, drawn);
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
