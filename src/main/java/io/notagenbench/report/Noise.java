package io.notagenbench.report;

import io.notagenbench.document.TableCell;
import io.notagenbench.params.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether the machine was quiet enough for the numbers of the answer, and how long a run would have to be. */
final class Noise {

    /** A number that is known worse than this, as a share of it, is no answer. */
    private static final double MOST = 0.10;
    private static final double WANTED = 0.05;
    private static final int SECONDS_PER_MINUTE = 60;

    private Noise() {
    }

    /** What to say of the answers to some questions; empty where all of them are known well enough, or nothing is known of that. */
    static String sentence(Iterable<List<PieceResult>> questions) {
        Set<PieceResult> shown = new LinkedHashSet<>();
        Comparator<PieceResult> byTime = Comparator.comparingDouble(PieceResult::seconds);
        for (List<PieceResult> pieces : questions) {
            pieces.stream().filter(PieceResult::isExact).min(byTime).ifPresent(shown::add);
            pieces.stream().filter(piece -> !piece.isExact()).min(byTime).ifPresent(shown::add);
            AnswerSection.baseline(pieces).ifPresent(shown::add);
        }
        List<String> known = new ArrayList<>();
        double seconds = 0;
        for (PieceResult piece : shown) {
            double error = piece.samplingError().orElse(0);
            if (error > MOST) {
                known.add(piece.arm() + " with model=" + piece.value(Parameter.MODEL) + " only within ± "
                        + TableCell.number(100 * error) + " %");
            }
            // an interval shrinks with the root of the number of samples
            seconds += piece.row().seconds() * Math.max(1, Math.pow(error / WANTED, 2));
        }
        return known.isEmpty() ? "" : "The machine was too noisy: " + String.join(", ", known) + ". To know these within ± "
                + Math.round(100 * WANTED) + " %, measure when it is idle, or for about " + String.format(Locale.ROOT, "%.0f",
                Math.ceil(seconds / SECONDS_PER_MINUTE)) + " min: sweep --budget.";
    }
}
