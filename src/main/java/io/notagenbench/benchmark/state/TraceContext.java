package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.generate.Trace;
import java.util.Arrays;
import java.util.List;

/** Contexts of any length from a recorded piece: its prompt, then its patches, repeated from the first if they end. */
public final class TraceContext {

    private TraceContext() {
    }

    /**
     * @param patches number of patches, at least 1
     * @return their ids, {@code patches * 16}
     */
    public static int[] of(Trace trace, int patches) {
        int[] prompt = PatchCodec.encodePrompt(trace.prompt());
        int[] context = Arrays.copyOf(prompt, patches * PATCH_SIZE);
        List<int[]> body = trace.patches();
        for (int patch = prompt.length / PATCH_SIZE; patch < patches; patch++) {
            int[] ids = body.get((patch - prompt.length / PATCH_SIZE) % (body.size() - 1));
            System.arraycopy(ids, 0, context, patch * PATCH_SIZE, ids.length);
        }
        return context;
    }
}
