package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import java.util.Arrays;
import java.util.List;

/** Counts the work of the char level. */
final class CharWorkCounter {

    /** Shortest context that counts as a repeated passage when it comes again. */
    private static final int LOOKUP = 8;

    private final CharWork.Drafts[] byDepth = new CharWork.Drafts[PATCH_SIZE - 1];
    private long passes;
    private long rows;
    private long lookupDrafted;
    private long lookupAccepted;

    CharWorkCounter() {
        Arrays.fill(byDepth, new CharWork.Drafts(0, 0));
    }

    void pass(int positions) {
        passes++;
        rows += positions;
    }

    /** @param depth drafts of the same pass before this one, all of them right */
    void draft(int depth, int matched, boolean right) {
        byDepth[depth] = byDepth[depth].plus(right);
        if (matched >= LOOKUP) {
            lookupDrafted++;
            lookupAccepted += right ? 1 : 0;
        }
    }

    CharWork total() {
        return new CharWork(passes, rows, List.of(byDepth), lookupDrafted, lookupAccepted);
    }
}
