package io.notagenbench.decoding;

/** Counts the work of the char level. */
final class CharWorkCounter {

    /** Shortest context that counts as a repeated passage when it comes again. */
    private static final int LOOKUP = 8;

    private long passes;
    private long rows;
    private long drafted;
    private long accepted;
    private long lookupDrafted;
    private long lookupAccepted;

    void pass(int positions) {
        passes++;
        rows += positions;
    }

    void draft(int matched, boolean right) {
        drafted++;
        accepted += right ? 1 : 0;
        if (matched >= LOOKUP) {
            lookupDrafted++;
            lookupAccepted += right ? 1 : 0;
        }
    }

    CharWork total() {
        return new CharWork(passes, rows, drafted, accepted, lookupDrafted, lookupAccepted);
    }
}
