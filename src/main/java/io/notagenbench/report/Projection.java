package io.notagenbench.report;

import io.notagenbench.results.StretchCounters;
import java.util.Optional;

/**
 * What a whole piece takes, as a stretch of it tells: the time of each of its stages times how often the piece needs it. A
 * call costs what it costs in the stretch, whose context and characters are those of the piece in the mean; where a stream cut
 * makes a context new, its patches are encoded together and not one at a time.
 *
 * @param counted      in the stretch and in the whole piece
 * @param milliseconds of the stretch
 */
record Projection(StretchCounters counted, double milliseconds) {

    private static final double MILLIS_PER_SECOND = 1e3;

    /** Of a measured stretch; empty for any other benchmark, and where it was not counted. */
    static Optional<Projection> of(Measurement stretch) {
        if (!stretch.benchmark().equals(Measurements.STRETCH)) {
            return Optional.empty();
        }
        return Optional.of(new Projection(stretch.mean(StretchCounters.class), stretch.milliseconds()))
                .filter(projection -> Double.isFinite(projection.pieceMilliseconds()));
    }

    /** Of the patch level for each patch of a new context; 0 where every context is encoded anew in any case. */
    double newPatchMilliseconds() {
        return counted.firstSeconds * MILLIS_PER_SECOND / counted.firstPatches;
    }

    /** Of one call: the patch level for one patch more, and its characters. */
    double callMilliseconds() {
        return (milliseconds - counted.newPatches * newPatchMilliseconds()) / counted.steps;
    }

    /** Of the whole piece. */
    double pieceMilliseconds() {
        return counted.pieceCalls * callMilliseconds() + counted.piecePrefillPatches * newPatchMilliseconds()
                - counted.piecePrefills * counted.stepSeconds * MILLIS_PER_SECOND;
    }
}
