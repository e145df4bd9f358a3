package io.notagenbench.report;

/**
 * What was computed for one piece.
 *
 * @param calls          decoded patches
 * @param contextPatches sum of the patches in the context of every call
 * @param prefills       contexts that were new
 * @param prefillPatches patches in them
 */
record PieceWork(double calls, double contextPatches, double prefills, double prefillPatches) {

    /** Patches in the context of a call, in the mean. */
    double meanContext() {
        return contextPatches / calls;
    }

    /** Patches in a new context, in the mean. */
    double meanPrefill() {
        return prefillPatches / prefills;
    }

    /** The work of a measured piece; its counters must be there. */
    static PieceWork of(Measurement piece) {
        return new PieceWork(piece.mean("calls").orElseThrow(), piece.mean("contextPatches").orElseThrow(),
                piece.mean("prefills").orElseThrow(), piece.mean("prefillPatches").orElseThrow());
    }
}
