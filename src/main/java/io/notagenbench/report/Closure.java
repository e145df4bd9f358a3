package io.notagenbench.report;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A piece as the sum of its stages, each measured alone, times how often each runs in it. What it leaves out or counts
 * twice shows against the measured piece.
 *
 * @param patchLevel milliseconds of a piece in the patch level, prefills included
 * @param charLevel  milliseconds of a piece in the char level, sampling included
 */
record Closure(double patchLevel, double charLevel) {

    /**
     * The stages of a piece with recomputation: every call runs the patch level over its whole context. Cost grows
     * about linearly with the context, so the cost of the mean context is the mean of the costs.
     *
     * @param counts      how often each stage runs
     * @param patchStep   milliseconds of a step over its context
     * @param patchDecode milliseconds to decode one patch
     * @return empty where a stage was not measured
     */
    static Optional<Closure> recompute(StageCounts counts, ContextCurve patchStep, OptionalDouble patchDecode) {
        OptionalDouble step = patchStep.at(counts.meanContext());
        if (step.isEmpty() || patchDecode.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Closure(counts.calls() * step.getAsDouble(), counts.calls() * patchDecode.getAsDouble()));
    }

    /**
     * The stages of a piece with caches: a new context is a prefill, every other call a step.
     *
     * @param prefillPatch milliseconds of a prefill for each of its patches, over the patches in it
     */
    static Optional<Closure> cached(StageCounts counts, ContextCurve patchStep, ContextCurve prefillPatch,
            OptionalDouble patchDecode) {
        OptionalDouble step = patchStep.at(counts.meanContext());
        OptionalDouble prefill = prefillPatch.at(counts.meanPrefill());
        if (step.isEmpty() || prefill.isEmpty() || patchDecode.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Closure((counts.calls() - counts.prefills()) * step.getAsDouble()
                + counts.prefillPatches() * prefill.getAsDouble(), counts.calls() * patchDecode.getAsDouble()));
    }

    /** Milliseconds of the whole piece. */
    double predicted() {
        return patchLevel + charLevel;
    }

    /** The prediction as a percentage of the measured piece: 100 where they agree. */
    double percent(double measuredMilliseconds) {
        return 100 * predicted() / measuredMilliseconds;
    }
}
