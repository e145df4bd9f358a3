package io.notagenbench.report;

/**
 * What was computed for one piece.
 *
 * @param calls          decoded patches
 * @param contextPatches sum of the patches in the context of every call
 * @param prefills       contexts that were new
 * @param prefillPatches patches in them that caches have to be filled with
 * @param keptPatches    patches in them that were cached already
 */
record PieceWork(double calls, double contextPatches, double prefills, double prefillPatches, double keptPatches) {

    /** Patches in the context of a call, in the mean. */
    double meanContext() {
        return contextPatches / calls;
    }

    /** Patches that a prefill runs, in the mean. */
    double meanPrefill() {
        return prefillPatches / prefills;
    }

    /** Patches before them, in the mean. */
    double meanKept() {
        return keptPatches / prefills;
    }

    /** Whether a measured piece has the counters of its work. */
    static boolean isCounted(Measurement piece) {
        return piece.mean("calls").isPresent() && piece.mean("contextPatches").isPresent()
                && piece.mean("prefills").isPresent() && piece.mean("prefillPatches").isPresent();
    }

    /** The work of a measured piece; its counters must be there. */
    static PieceWork of(Measurement piece) {
        return new PieceWork(piece.mean("calls").orElseThrow(), piece.mean("contextPatches").orElseThrow(),
                piece.mean("prefills").orElseThrow(), piece.mean("prefillPatches").orElseThrow(),
                piece.mean("keptPatches").orElse(0));
    }
}
