package io.notagenbench.cli;

import io.notagenbench.params.Parameter;
import io.notagenbench.arms.OriginalResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code peer} prints: the work, a line for the original and each arm, and where a text is another. */
final class PeerTable {

    private static final String ROW = "%-26s  %-6s  %9s  %10s  %19s  %6s  %7s%n";

    private PeerTable() {
    }

    static void write(OriginalResult result, PrintWriter out) {
        out.printf("model %s, seed %s, window %s: %s with %s, %s on both sides, %s in random order%n", result.model(),
                result.parameters().get(Parameter.SEED.label()),
                result.parameters().get(Parameter.PATCH_LENGTH.label()), Count.of(result.first().patches(), "patch", "patches"),
                Count.of(result.first().cuts(), "cut"), Count.of(result.threads(), "thread"),
                Count.of(result.rounds(), "round"));
        out.println("original on " + result.versions().entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue()).collect(Collectors.joining(", ")));
        out.printf(ROW, "arm", "text", "seconds", "ms a patch", "fastest - slowest", "ratio", "load s");
        for (OriginalResult.Row row : result.rows()) {
            out.printf(ROW, row.arm(), row.sameText() ? "same" : row.mustBeSame() ? "WRONG" : "other",
                    decimal("%.3f", row.seconds()), decimal("%.2f", row.msPerPatch()),
                    decimal("%.2f", row.fastest()) + " - " + decimal("%.2f", row.slowest()),
                    decimal("%.1f", row.ratio()), decimal("%.2f", row.loadSeconds()));
        }
        if (result.first().full()) {
            out.println("The piece is not whole: its header alone fills the window, choose a larger -p patchLength.");
        }
        for (OriginalResult.Row row : result.rows()) {
            result.difference(row.arm()).ifPresent(words -> out.println(row.arm() + " differs " + words));
        }
        out.flush();
    }

    private static String decimal(String form, double number) {
        return String.format(Locale.ROOT, form, number);
    }
}
