package io.notagenbench.cli;

import io.notagenbench.generate.PieceListener;
import java.io.PrintWriter;
import java.util.Locale;

/** One line on a terminal that tells how far a piece is, written over and over; erased at the end. */
final class ProgressLine implements PieceListener, AutoCloseable {

    private static final long REFRESH_NANOS = 100_000_000;
    private static final String ERASE = "\r\033[K";

    private final PrintWriter terminal;
    private final long start = System.nanoTime();
    private long shown = start - REFRESH_NANOS;

    ProgressLine(PrintWriter terminal) {
        this.terminal = terminal;
    }

    @Override
    public void patchWritten(int patches, CharSequence text) {
        long now = System.nanoTime();
        if (now - shown >= REFRESH_NANOS) {
            shown = now;
            terminal.print(ERASE + String.format(Locale.ROOT, "%s, %s, %.1f patches/s", Count.of(patches, "patch", "patches"),
                    Count.of(text.length(), "character"), patches / ((now - start) / 1e9)));
            terminal.flush();
        }
    }

    @Override
    public void close() {
        terminal.print(ERASE);
        terminal.flush();
    }
}
