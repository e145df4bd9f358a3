package io.notagenbench.sweep;

import java.util.Locale;

/** A time in the unit that people read. */
public final class Span {

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private Span() {
    }

    /** {@code 3 s}, {@code 12 min}, {@code 2.5 h}. */
    public static String words(double seconds) {
        if (seconds < 1.5 * MINUTE) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        return seconds < 1.5 * HOUR ? Math.round(seconds / MINUTE) + " min" : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
    }
}
