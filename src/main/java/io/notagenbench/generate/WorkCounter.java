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

    void prefill(int context) {
        prefills++;
        prefillPatches += context;
    }

    int patches() {
        return patches;
    }

    Piece.Work total(int sampledChars) {
        return new Piece.Work(patches, chars, cuts, calls, sampledChars, contextPatches, prefills, prefillPatches);
    }
}
