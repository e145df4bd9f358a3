package io.notagenbench.generate;

import io.notagenbench.abc.BodyProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes the times of a piece: to its first patch, to its first bar of music and to its end, and that of its stream
 * cuts.
 */
final class PieceClock {

    private final BodyProgress progress;
    private long start;
    private Optional<Double> firstPatch = Optional.empty();
    private Optional<Double> firstBar = Optional.empty();
    private boolean afterCut;
    private long cutNanos;

    /** @param given length of the prompt, with which the text begins */
    PieceClock(int given) {
        progress = new BodyProgress(given);
    }

    void start() {
        start = System.nanoTime();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    void patchWritten(CharSequence text) {
        if (firstPatch.isEmpty()) {
            firstPatch = Optional.of(seconds());
        }
        if (firstBar.isEmpty() && progress.firstBarComplete(text)) {
            firstBar = Optional.of(seconds());
        }
    }

    void cut() {
        afterCut = true;
    }

    /** Records that a call of the patch level took {@code nanos}. */
    void encoded(long nanos) {
        cutNanos += afterCut ? nanos : 0;
        afterCut = false;
    }

    Piece.Times times() {
        return new Piece.Times(seconds(), firstPatch, firstBar, cutNanos / 1e9);
    }
}
