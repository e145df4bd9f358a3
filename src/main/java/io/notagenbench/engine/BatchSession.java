package io.notagenbench.engine;

/**
 * The state of several pieces that are decoded together, since weights that are read once serve all of them: key/value
 * caches of both levels and the newest hidden state for each of {@link #slots} slots. A step runs one row of each of
 * the first slots; each piece has its own position and its own caches. Used by one thread at a time.
 *
 * <p>A step runs the first slots, so the decoder must keep its pieces there, with {@link #movePiece} and
 * {@link #moveChars}.
 */
public interface BatchSession extends AutoCloseable {

    /** The most pieces that can be decoded together. */
    int slots();

    /**
     * Caches keys and values of patches {@code from} to {@code from + count - 1} of one piece in one pass, as
     * {@link EngineSession#forwardPatches} does. The chars of all pieces need a new {@link #stepPatches} behind it.
     *
     * @param slot    of the piece
     * @param patches the ids of these patches, {@code count * 16} of them from index {@code offset} on
     * @param offset  index of the first id
     * @param from    position of the first patch; patches below it must have been run before
     * @param count   number of patches, at least 1; {@code from + count} is at most the window
     */
    void prefill(int slot, int[] patches, int offset, int from, int count);

    /**
     * Runs the patch-level decoder over one patch of each of the first {@code rows} pieces, and keeps their hidden
     * states.
     *
     * @param rows      number of pieces, 1 to {@link #slots}
     * @param patches   ids of their patches, {@code [rows, 16]}
     * @param positions of these patches, {@code [rows]}; patches below must have been run before
     */
    void stepPatches(int rows, int[] patches, int[] positions);

    /**
     * Copies a hidden state of the last {@link #stepPatches}, after the final LayerNorm.
     *
     * @param row    of that step
     * @param hidden receives it, {@code [H]}
     */
    void hiddenState(int row, float[] hidden);

    /**
     * Runs the char-level decoder over one position of each of the first {@code rows} pieces. Position 0 is the hidden
     * state of the last {@link #stepPatches}, position p is the p-th character of a patch.
     *
     * @param rows     number of pieces, 1 to the rows of the last step
     * @param chars    newest character of each, {@code [rows]}; not read at position 0
     * @param position the same for all, 0 to 15; positions below must have been run since {@link #stepPatches}
     * @param logits   receives the logits of the next characters, {@code [rows, 128]}
     */
    void stepChars(int rows, int[] chars, int position, float[] logits);

    /** Copies the patch-level cache of one slot over that of another: the piece has moved there. */
    void movePiece(int from, int to);

    /** Copies the char-level cache of one slot over that of another, while a patch is decoded. */
    void moveChars(int from, int to);

    /** Bytes of keys and values in the caches of all slots: what {@link MemoryFit#caches} predicts. */
    long cacheBytes();

    /** What went from device to device so far; none where one device holds the whole model. */
    default HandOvers handOvers() {
        return HandOvers.NONE;
    }

    @Override
    void close();
}
