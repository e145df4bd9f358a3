package io.notagenbench.engine;

/**
 * As {@link SynchronizingSession}, for pieces that are decoded together.
 *
 * @param synchronize waits for the device
 */
record SynchronizingBatchSession(BatchSession session, Runnable synchronize) implements BatchSession {

    @Override
    public int slots() {
        return session.slots();
    }

    @Override
    public void prefill(int slot, int[] patches, int offset, int from, int count) {
        session.prefill(slot, patches, offset, from, count);
        synchronize.run();
    }

    @Override
    public void stepPatches(int rows, int[] patches, int[] positions) {
        session.stepPatches(rows, patches, positions);
        synchronize.run();
    }

    /** Copying to the host waits for the device. */
    @Override
    public void hiddenState(int row, float[] hidden) {
        session.hiddenState(row, hidden);
    }

    /** Copying to the host waits for the device. */
    @Override
    public void stepChars(int rows, int[] chars, int position, float[] logits) {
        session.stepChars(rows, chars, position, logits);
    }

    @Override
    public void movePiece(int from, int to) {
        session.movePiece(from, to);
        synchronize.run();
    }

    @Override
    public void moveChars(int from, int to) {
        session.moveChars(from, to);
        synchronize.run();
    }

    @Override
    public long cacheBytes() {
        return session.cacheBytes();
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
