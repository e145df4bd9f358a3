package io.notagenbench.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The table that {@code verify} prints, one line an arm. */
final class VerificationTable {

    private static final String ROW = "%-8s  %-11s  %-9s  %10s  %10s  %8s  %7s  %-5s  %-36s  %7s  %s%n";

    private VerificationTable() {
    }

    static void write(List<ArmCheck> checks, PrintWriter out) {
        out.printf(ROW, "backend", "decoding", "precision", "hidden err", "logits err", "KL nats", "top-1 %", "text", "first difference", "seconds", "");
        for (ArmCheck check : checks) {
            out.printf(Locale.ROOT, ROW, check.backend().label(), check.decoding().label(), check.precision().label(),
                    error(check.hiddenError()), error(check.logitError()), error(check.loss().divergence()),
                    String.format(Locale.ROOT, "%.1f", 100 * check.loss().agreement()), check.sameText() ? "same" : "other",
                    difference(check),
                    String.format(Locale.ROOT, "%.2f", check.seconds()), check.passes() ? "ok" : "FAILED");
        }
        out.flush();
    }

    /** The first draw that led to another text, in words; empty where it is the same. */
    static String difference(ArmCheck check) {
        return check.divergence().filter(divergence -> !check.sameText()).map(VerificationTable::words).orElse("");
    }

    private static String error(double error) {
        return String.format(Locale.ROOT, "%.2e", error);
    }

    private static String words(DrawLog.Divergence divergence) {
        return String.format(Locale.ROOT, "draw %d: %s, not %s, margin %.1e", divergence.number(),
                character(divergence.second()), character(divergence.first()), divergence.margin());
    }

    private static String character(int id) {
        return id > ' ' && id < 127 ? Character.toString(id) : "#" + id;
    }
}
