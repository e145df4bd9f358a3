package io.notagenbench.engine;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import java.util.Optional;

/** Checks that callers keep to the contract of a {@link BatchSession}, as {@link CallCheck} does for one piece. */
public final class BatchCheck {

    /** Most pieces at once: far more than any machine decodes faster together. */
    private static final int MOST_SLOTS = 1_024;

    private final int window;
    private final int[] cachedPatches;
    private int charRows;
    private int cachedChars;
    private boolean closed;

    /**
     * @param slots  the most pieces
     * @param window context window of each in patches
     */
    public BatchCheck(int slots, int window) {
        this.window = window;
        this.cachedPatches = new int[slots];
    }

    /** Why pieces cannot be decoded together with these settings, in one sentence; empty where they can. */
    public static Optional<String> refusal(EngineSettings settings) {
        if (settings.decoding() != Decoding.CACHED) {
            return Optional.of("decoding=" + settings.decoding().label() + " decodes one piece at a time: choose"
                    + " decoding=cached to decode pieces together.");
        }
        return BackendProvider.of(settings.backend()).batchRefusal(settings);
    }

    /**
     * Checks that a model of these settings can decode pieces together.
     *
     * @param slots the most pieces
     * @return {@code slots}
     * @throws Fault (usage) if it cannot, or not that many
     */
    public static int slots(int slots, EngineSettings settings) {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw Fault.usage("batch=" + slots + " is not possible: 1 to " + MOST_SLOTS + " pieces can be decoded together.");
        }
        refusal(settings).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
        return slots;
    }

    /**
     * A call of {@link BatchSession#prefill} is about to be made.
     *
     * @throws IllegalArgumentException if it breaks the contract
     * @throws IllegalStateException    if the session is closed
     */
    public void prefill(int slot, int[] patches, int offset, int from, int count) {
        requireOpen();
        requireSlot(slot);
        CallCheck.requireRange("patches", from, count, cachedPatches[slot], window);
        CallCheck.requireIds(patches, offset, count * PATCH_SIZE);
        cachedPatches[slot] = from + count;
        charRows = 0;
    }

    /**
     * A call of {@link BatchSession#stepPatches} is about to be made.
     *
     * @throws IllegalArgumentException if it breaks the contract
     * @throws IllegalStateException    if the session is closed
     */
    public void patches(int rows, int[] patches, int[] positions) {
        requireOpen();
        requireRows(rows, cachedPatches.length);
        for (int row = 0; row < rows; row++) {
            CallCheck.requireRange("patches", positions[row], 1, cachedPatches[row], window);
        }
        CallCheck.requireIds(patches, 0, rows * PATCH_SIZE);
        for (int row = 0; row < rows; row++) {
            cachedPatches[row] = positions[row] + 1;
        }
        charRows = rows;
        cachedChars = 0;
    }

    /**
     * A call of {@link BatchSession#hiddenState} is about to be made.
     *
     * @throws IllegalArgumentException if the row was not in the last step
     * @throws IllegalStateException    if the session is closed
     */
    public void hiddenState(int row) {
        requireOpen();
        requireRows(row + 1, charRows);
    }

    /**
     * A call of {@link BatchSession#stepChars} is about to be made.
     *
     * @throws IllegalArgumentException if it breaks the contract
     * @throws IllegalStateException    if the session is closed
     */
    public void chars(int rows, int[] chars, int position, float[] logits) {
        requireOpen();
        requireRows(rows, charRows);
        CallCheck.requireRange("char positions", position, 1, cachedChars, PATCH_SIZE);
        if (position > 0) {
            CallCheck.requireIds(chars, 0, rows);
        }
        if (logits.length < rows * VOCABULARY) {
            throw new IllegalArgumentException(rows + " rows of logits do not fit into " + logits.length + " floats");
        }
        cachedChars = position + 1;
        charRows = rows;
    }

    /**
     * A call of {@link BatchSession#movePiece} is about to be made.
     *
     * @throws IllegalArgumentException if there is no such slot
     * @throws IllegalStateException    if the session is closed
     */
    public void movePiece(int from, int to) {
        moveChars(from, to);
        cachedPatches[to] = cachedPatches[from];
        charRows = 0;
    }

    /**
     * A call of {@link BatchSession#moveChars} is about to be made.
     *
     * @throws IllegalArgumentException if there is no such slot
     * @throws IllegalStateException    if the session is closed
     */
    public void moveChars(int from, int to) {
        requireOpen();
        requireSlot(from);
        requireSlot(to);
    }

    /**
     * {@link BatchSession#close} was called.
     *
     * @return whether it is the first time, so that there is something to free
     */
    public boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
    }

    private void requireSlot(int slot) {
        if (slot < 0 || slot >= cachedPatches.length) {
            throw new IllegalArgumentException("there is no slot " + slot + " of " + cachedPatches.length);
        }
    }

    private static void requireRows(int rows, int most) {
        if (rows < 1 || rows > most) {
            throw new IllegalArgumentException(rows + " pieces cannot be run together: there are " + most);
        }
    }
}
