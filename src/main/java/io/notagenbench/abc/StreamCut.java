package io.notagenbench.abc;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What happens when the context window is full (notagen.md, section 3, rule 6): the metadata and the newest lines of
 * the body become the new context. One object serves one piece, since the number of lines that is kept is fixed at the
 * first cut.
 */
public final class StreamCut {

    private int keptLines;

    /**
     * @param text   all of the piece so far, with its prompt
     * @param window context window in patches
     * @return ids of the new context, whose last patch may be partial; empty if no body line can be dropped
     */
    public Optional<int[]> cut(CharSequence text, int window) {
        List<String> lines = Lines.of(text.toString());
        int bodyStart = bodyStart(lines);
        int bodyLines = lines.size() - bodyStart;
        if (bodyLines <= 1) {
            return Optional.empty();
        }
        if (keptLines == 0) {
            keptLines = bodyLines / 2;
        }
        List<String> metadata = lines.subList(0, bodyStart);
        int kept = Math.min(keptLines, bodyLines);
        int[] ids = encode(metadata, lastLines(lines, kept));
        if (patches(ids) >= window) {
            int target = window * 3 / 4;
            while (kept > 1 && patches(ids) > target) {
                kept--;
                ids = encode(metadata, lastLines(lines, kept));
            }
        }
        return patches(ids) >= window ? Optional.empty() : Optional.of(ids);
    }

    private static List<String> lastLines(List<String> lines, int count) {
        return lines.subList(lines.size() - count, lines.size());
    }

    /** Complete patches and a partial one. */
    private static int patches(int[] ids) {
        return (ids.length + PATCH_SIZE - 1) / PATCH_SIZE;
    }

    private static int bodyStart(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("[r:") || lines.get(i).startsWith("[V:")) {
                return i;
            }
        }
        return lines.size();
    }

    private static int[] encode(List<String> metadata, List<String> body) {
        List<int[]> patches = PatchCodec.encodeMetadata(metadata);
        List<String> bars = BarSplitter.bars(body);
        bars.subList(0, bars.size() - 1).forEach(bar -> patches.addAll(PatchCodec.split(bar)));
        String lastBar = bars.get(bars.size() - 1);
        patches.addAll(PatchCodec.split(lastBar));
        int partial = lastBar.length() % PATCH_SIZE;
        int[] ids = PatchCodec.flatten(patches);
        // The model may continue the last bar, so its last patch has no EOS and no padding.
        return partial == 0 ? ids : Arrays.copyOf(ids, ids.length - PATCH_SIZE + partial);
    }
}
