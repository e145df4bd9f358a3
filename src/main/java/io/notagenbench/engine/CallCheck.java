package io.notagenbench.engine;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;

/**
 * Checks that callers keep to the contract of an {@link EngineSession}. Otherwise native code would silently read
 * foreign memory or the keys of another text, so every backend calls these checks first.
 */
public final class CallCheck {

    private final int window;
    private int firstRow;
    private int cachedPatches;
    private int cachedChars;
    private boolean closed;

    /** @param window context window of the session in patches */
    public CallCheck(int window) {
        this.window = window;
    }

    /**
     * A window that the model's position table can hold.
     *
     * @return {@code window}
     * @throws Fault if it is below 1 or above the rows of the model
     */
    public static int window(int window, ModelConfig config) {
        if (window < 1 || window > config.rows()) {
            throw Fault.usage("A context window of " + window + " patches is not possible: this model has positions for 1 to "
                    + config.rows() + ", choose patchLength within them.");
        }
        return window;
    }

    /**
     * A call of {@link EngineSession#forwardPatches} is about to be made.
     *
     * @throws IllegalArgumentException if it breaks the contract
     * @throws IllegalStateException    if the session is closed
     */
    public void patches(int[] patches, int offset, int from, int count) {
        requireOpen();
        requireRange("patches", from, count, cachedPatches, window);
        requireIds(patches, offset, count * PATCH_SIZE);
        firstRow = from;
        cachedPatches = from + count;
        cachedChars = 0;
    }

    /**
     * A call of {@link EngineSession#startFrom} is about to be made.
     *
     * @return which row of the newest call of {@link EngineSession#forwardPatches} the patch is
     * @throws IllegalArgumentException if it is none of them
     * @throws IllegalStateException    if no patch has been run or the session is closed
     */
    public int startFrom(int patch) {
        hiddenState();
        if (patch < firstRow || patch >= cachedPatches) {
            throw new IllegalArgumentException("patch " + patch + " has no hidden state here: the newest call ran patches "
                    + firstRow + " to " + (cachedPatches - 1));
        }
        cachedChars = 0;
        return patch - firstRow;
    }

    /**
     * A call of {@link EngineSession#hiddenState} is about to be made.
     *
     * @throws IllegalStateException if no patch has been run or the session is closed
     */
    public void hiddenState() {
        requireOpen();
        if (cachedPatches == 0) {
            throw new IllegalStateException("there is no hidden state before the first patch");
        }
    }

    /**
     * A call of {@link EngineSession#forwardChars} is about to be made.
     *
     * @throws IllegalArgumentException if it breaks the contract
     * @throws IllegalStateException    if no patch has been run or the session is closed
     */
    public void chars(int[] chars, int from, int count, float[] logits) {
        hiddenState();
        requireRange("char positions", from, count, cachedChars, PATCH_SIZE);
        requireIds(chars, 0, from + count - 1);
        if (logits.length < count * VOCABULARY) {
            throw new IllegalArgumentException(count + " rows of logits do not fit into " + logits.length + " floats");
        }
        cachedChars = from + count;
    }

    /**
     * A call of {@link EngineSession#decodePatch} is about to be made.
     *
     * @param decoding what the model is opened for
     * @throws IllegalArgumentException if it breaks the contract
     * @throws IllegalStateException    if no patch has been run, the session is closed or the model is opened for
     *                                  another decoding
     */
    public void decode(Decoding decoding, int[] patch, int chosen, PatchDraws draws, int[] drawn) {
        hiddenState();
        if (decoding != Decoding.FUSED) {
            throw new IllegalStateException("a model that is opened for " + decoding.label() + " decodes no whole patch");
        }
        if (chosen < 0 || chosen >= PATCH_SIZE) {
            throw new IllegalArgumentException(chosen + " chosen ids leave no slot of a patch to decode");
        }
        requireIds(patch, 0, chosen);
        if (drawn.length < PATCH_SIZE) {
            throw new IllegalArgumentException("the ids of a patch do not fit into " + drawn.length);
        }
        for (int slot = chosen; slot < PATCH_SIZE; slot++) {
            draws.require(slot);
        }
        cachedChars = 0;
    }

    /**
     * {@link EngineSession#close} was called.
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

    static void requireRange(String what, int from, int count, int cached, int room) {
        if (count < 1 || from < 0 || from > cached || from + count > room) {
            throw new IllegalArgumentException(count + " " + what + " cannot be run from " + from + " on: " + cached
                    + " are cached and there is room for " + room);
        }
    }

    static void requireIds(int[] ids, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (ids[i] < 0 || ids[i] >= VOCABULARY) {
                throw new IllegalArgumentException("id " + ids[i] + " at " + i + " is not in the vocabulary");
            }
        }
    }
}
