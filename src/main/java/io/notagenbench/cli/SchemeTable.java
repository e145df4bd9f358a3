package io.notagenbench.cli;

import io.notagenbench.loss.PrecisionLoss;
import io.notagenbench.schemes.SchemeResult;
import java.io.PrintWriter;
import java.util.Locale;

/** What {@code schemes} prints: a line for each scheme. */
final class SchemeTable {

    private static final String ROW = "%-42s %-8s %7s %6s %9s %9s %7s %8s %8s %8s %6s  %s%n";
    private static final String NONE = "-";

    private SchemeTable() {
    }

    static void write(SchemeResult result, PrintWriter out) {
        out.printf(Locale.ROOT, "model %s: losses against fp32 over %s of %s; times on %s, %d patches in a window,"
                + " %s%n", result.model(), Count.of(result.characters(), "character"), String.join(", ", result.pieces()), result.work(),
                result.window(), Count.of(result.threads(), "thread"));
        out.printf(ROW, "scheme", "engine", "MB", "bits", "rounding", "KL nats", "top-1 %", "logit", "logit", "ms", "ratio", "");
        out.printf(ROW, "", "", "", "/weight", "KL nats", "as run", "as run", "max err", "mean err", "a patch", "", "");
        for (SchemeResult.Row row : result.rows()) {
            PrecisionLoss run = row.run() == null ? row.rounding() : row.run();
            boolean runs = row.run() != null;
            out.printf(ROW, row.schemes(), row.backend(), number("%.1f", row.bytes() / 1e6), number("%.2f", row.bits()),
                    number("%.2e", row.rounding().divergence()), runs ? number("%.2e", run.divergence()) : NONE,
                    number("%.2f", 100 * run.agreement()), number("%.3f", run.largestError()), number("%.4f", run.meanError()),
                    runs ? number("%.3f", row.milliseconds()) : NONE, runs ? number("%.2f", row.ratio()) : NONE,
                    runs ? row.inUse() ? "in use" : "" : "no kernel");
        }
        out.println();
        out.println("MB and bits are of linear layers with scales and zero points. rounding: the weights alone, computed in fp32; as run:"
                + " with the kernel, which rounds activations, too.");
        out.println("Without a kernel a scheme is not timed, and all its losses are those of rounding alone. ms are medians of the"
                + " rounds, the ratio to fp32 is taken round by round.");
        result.rows().stream().filter(row -> row.refusal() != null).map(SchemeResult.Row::refusal).distinct()
                .forEach(reason -> out.println("no kernel: " + reason));
        out.flush();
    }

    private static String number(String form, double number) {
        return String.format(Locale.ROOT, form, number);
    }
}
