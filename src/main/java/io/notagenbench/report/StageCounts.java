package io.notagenbench.report;

import io.notagenbench.results.PieceCounters;
import java.util.Optional;

/**
 * How often each stage of a piece ran, as {@link PieceCounters} says, in the mean over its samples.
 *
 * @param calls          decoded patches
 * @param contextPatches sum of the patches in the context over all calls
 * @param prefills       contexts that were new
 * @param prefillPatches patches in them that caches have to be filled with
 * @param keptPatches    patches in them that were cached already
 */
record StageCounts(double calls, double contextPatches, double prefills, double prefillPatches, double keptPatches) {

    /** Of a measured piece; empty where it was not counted. */
    static Optional<StageCounts> of(Measurement piece) {
        PieceCounters counted = piece.mean(PieceCounters.class);
        // older runs did not count what a cut keeps
        double kept = Double.isNaN(counted.keptPatches) ? 0 : counted.keptPatches;
        StageCounts counts = new StageCounts(counted.calls, counted.contextPatches, counted.prefills, counted.prefillPatches, kept);
        return Double.isNaN(counts.calls + counts.contextPatches + counts.prefills + counts.prefillPatches) ? Optional.empty()
                : Optional.of(counts);
    }

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
}
