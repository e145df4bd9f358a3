package io.notagenbench.cli;

import io.notagenbench.arms.RaceResult;
import java.io.PrintWriter;
import java.util.Locale;

/** What {@code race} prints: for every context window a line for each arm. */
final class RaceTable {

    private static final String ROW = "%-27s %10s %17s %7s %7s %10s %6s %8s  %s%n";

    private RaceTable() {
    }

    static void write(RaceResult result, PrintWriter out) {
        out.printf(Locale.ROOT, "model %s, %s from patch %d on; main memory gives at most %.1f GB/s%n",
                result.model(), result.work(), result.skipped() + 1, result.gigabytes());
        int window = 0;
        int threads = 0;
        for (RaceResult.Row row : result.rows()) {
            if (row.patchLength() != window || row.threads() != threads) {
                window = row.patchLength();
                threads = row.threads();
                out.printf(Locale.ROOT, "%npatchLength %d, %s in the context, threads=%d%n", window,
                        Count.of(Math.round(row.context()), "patch", "patches"), threads);
                out.printf(ROW, "arm", "ms a patch", "fastest - slowest", "ratio", "MB", "GB/s", "limit", "context", "draws");
            }
            out.printf(ROW, row.arm(), number("%.2f", row.milliseconds()),
                    number("%.1f", row.fastest()) + " - " + number("%.1f", row.slowest()), number("%.1f", row.ratio()),
                    number("%.0f", row.megabytes()), number("%.1f", row.megabytes() / row.milliseconds()),
                    number("%.0f %%", 100 * row.share()), number("%.0f", row.context()),
                    row.sameDraws() ? "same" : row.exact() ? "WRONG" : "other");
        }
        out.println();
        out.println("Medians of the rounds; the ratio is to the first arm, round by round. MB are what a patch must move at least.");
        out.flush();
    }

    private static String number(String form, double number) {
        return String.format(Locale.ROOT, form, number);
    }
}
