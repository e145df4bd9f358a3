package io.notagenbench.generate;

/** Counts what is computed for a piece. */
final class WorkCounter {

    private int patches;
    private int chars;
    private int cuts;
    private int calls;
    private long contextPatches;
    private int prefills;
    private long prefillPatches;
    private long cutPatches;
    private long keptPatches;

    void call(int context) {
        calls++;
        contextPatches += context;
    }

    void patch(int written) {
        patches++;
        chars += written;
    }

    void cut() {
        cuts++;
    }

    /**
     * Counts a new context.
     *
     * @param kept   its first patches, if their keys and values are still valid
     * @param others complete patches behind them
     */
    void prefill(int kept, int others) {
        cutPatches += prefills > 0 ? others : 0;
        prefills++;
        prefillPatches += others;
        keptPatches += kept;
    }

    int patches() {
        return patches;
    }

    Piece.Work total(int sampledChars) {
        return new Piece.Work(patches, chars, cuts, calls, sampledChars, contextPatches, prefills, prefillPatches, cutPatches,
                keptPatches);
    }
}
