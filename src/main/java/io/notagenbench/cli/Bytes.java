package io.notagenbench.cli;

import java.util.Locale;

/** Sizes in the units that people read. */
final class Bytes {

    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    private Bytes() {
    }

    /** {@code 438 MiB} or {@code 2.1 GiB}. */
    static String words(long bytes) {
        return bytes < GIB
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / MIB)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }
}
