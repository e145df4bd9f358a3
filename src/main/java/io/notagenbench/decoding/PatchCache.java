package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.engine.EngineSession;
import java.util.Arrays;

/**
 * What a decoder with caches keeps of the patch level from one patch to the next: keys and values of the first patches
 * of the context, and the hidden state of the newest; with it that of a drafted patch, should it become the next one.
 */
final class PatchCache {

    private static final int NONE = -1;

    private final EngineSession session;
    private final int[] newestAndDraft = new int[2 * PATCH_SIZE];
    /** Position of the drafted patch, which is in the second half of {@link #newestAndDraft}. */
    private int draftAt = NONE;
    /** Patches whose keys and values are those of the context. */
    private int cached;
    /** Patches in the context whose newest has the hidden state that the session holds. */
    private int newest;
    private long passes;
    private long rows;
    private long drafted;
    private long accepted;

    PatchCache(EngineSession session) {
        this.session = session;
    }

    /** Truncates as {@link PatchDecoder#truncate} does. */
    void truncate(int patches) {
        if (patches < cached) {
            cached = patches;
            newest = 0;
            draftAt = NONE;
        }
    }

    /**
     * As {@link PatchDecoder#encode}: one pass over all patches that are not cached, and over the newest in any case,
     * unless the session holds its hidden state.
     */
    void encode(int[] context, int patches) {
        if (newest == patches) {
            return;
        }
        int from = Math.min(cached, patches - 1);
        pass(context, from * PATCH_SIZE, from, patches - from);
        draftAt = NONE;
        cached = patches;
        newest = patches;
    }

    /**
     * As {@link #encode} where {@link #lacksOne}, with the patch that is expected next in the same pass.
     *
     * @param draft its ids, 16 with padding
     */
    void encode(int[] context, int patches, int[] draft) {
        System.arraycopy(context, (patches - 1) * PATCH_SIZE, newestAndDraft, 0, PATCH_SIZE);
        System.arraycopy(draft, 0, newestAndDraft, PATCH_SIZE, PATCH_SIZE);
        pass(newestAndDraft, 0, patches - 1, 2);
        session.startFrom(patches - 1);
        drafted++;
        draftAt = patches;
        cached = patches;
        newest = patches;
    }

    /** Whether the newest of {@code patches} patches is the only one that a pass would have to run. */
    boolean lacksOne(int patches) {
        return newest > 0 && newest == patches - 1;
    }

    /** If the newest patch of the context is the drafted one, its keys, values and hidden state are there already. */
    void acceptDraft(int[] context, int patches) {
        if (lacksOne(patches) && draftAt == newest && Arrays.equals(newestAndDraft, PATCH_SIZE, 2 * PATCH_SIZE,
                context, newest * PATCH_SIZE, patches * PATCH_SIZE)) {
            session.startFrom(newest);
            accepted++;
            draftAt = NONE;
            cached = patches;
            newest = patches;
        }
    }

    private void pass(int[] ids, int offset, int from, int count) {
        session.forwardPatches(ids, offset, from, count);
        passes++;
        rows += count;
    }

    PatchWork work() {
        return new PatchWork(passes, rows, drafted, accepted);
    }
}
