package io.notagenbench.generate;

import io.notagenbench.abc.BodyProgress;
import java.util.Optional;

/** Takes the times of a piece: to its first patch, to its first bar of music, to its end. */
final class PieceClock {

    private long start;
    private Optional<Double> firstPatch = Optional.empty();
    private Optional<Double> firstBar = Optional.empty();

    void start() {
        start = System.nanoTime();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    void patchWritten(CharSequence text) {
        if (firstPatch.isEmpty()) {
            firstPatch = Optional.of(seconds());
        }
        if (firstBar.isEmpty() && BodyProgress.firstBarComplete(text)) {
            firstBar = Optional.of(seconds());
        }
    }

    Piece.Times times() {
        return new Piece.Times(seconds(), firstPatch, firstBar);
    }
}
