package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.engine.EngineSession;

/**
 * What a decoder with caches keeps of the patch level from one patch to the next: keys and values of the first patches
 * of the context, and the hidden state of the newest.
 */
final class PatchCache {

    private final EngineSession session;
    /** Patches whose keys and values are those of the context. */
    private int cached;
    /** Patches in the context whose newest has the hidden state that the session holds. */
    private int newest;

    PatchCache(EngineSession session) {
        this.session = session;
    }

    /** As {@link PatchDecoder#truncate}. */
    void truncate(int patches) {
        if (patches < cached) {
            cached = patches;
            newest = 0;
        }
    }

    /**
     * As {@link PatchDecoder#encode}: one pass over all patches that are not cached, and over the newest in any case,
     * unless the session holds its hidden state.
     *
     * @return whether there was a pass
     */
    boolean encode(int[] context, int patches) {
        if (newest == patches) {
            return false;
        }
        int from = Math.min(cached, patches - 1);
        session.forwardPatches(context, from * PATCH_SIZE, from, patches - from);
        cached = patches;
        newest = patches;
        return true;
    }
}
