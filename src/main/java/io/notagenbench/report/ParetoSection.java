package io.notagenbench.report;

import io.notagenbench.document.Block;
import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.results.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Time, memory and loss together: which settings no other one beats in all of them. */
final class ParetoSection {

    private static final String NOTE = "A setting is on the front if no other is at least as good in time, peak of"
            + " memory and loss, and better in one of them. Loss is the Kullback-Leibler divergence in nats; fp32 has"
            + " none. A reduced precision without a check is never on the front.";

    private static final String FRONT = "on the front, ";

    /** What one decides by; smaller is better. */
    private record Choice(PieceResult piece, double seconds, double memory, double loss) {

        boolean isBeatenBy(Choice other) {
            return other.seconds <= seconds && other.memory <= memory && other.loss <= loss
                    && (other.seconds < seconds || other.memory < memory || other.loss < loss);
        }
    }

    private ParetoSection() {
    }

    /** Only where memory was measured, or precisions differ: otherwise the ladder says it all. */
    static Section of(RunResults run) {
        List<Block> blocks = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Map<String, String>, List<PieceResult>> question
                : PieceResult.byQuestion(PieceResult.of(run)).entrySet()) {
            List<Choice> choices = question.getValue().stream().filter(PieceResult::isSound).map(ParetoSection::choice).toList();
            boolean hasMemory = choices.stream().allMatch(choice -> choice.memory() > 0);
            if (choices.size() > 1 && (hasMemory || choices.stream().anyMatch(choice -> !choice.piece().isExact()))) {
                number++;
                blocks.add(chart(run.id("pareto-chart-" + number), AnswerSection.title(question.getKey()), choices, hasMemory));
                blocks.add(table(run.id("pareto-" + number), choices));
            }
        }
        if (!blocks.isEmpty()) {
            blocks.add(new Prose(NOTE));
        }
        return Section.of(run.id("pareto"), "Time, memory and loss", blocks);
    }

    /** Memory that was not measured is the same for all: 0. */
    private static Choice choice(PieceResult piece) {
        double loss = piece.isExact() ? 0 : piece.check().map(Verification.Arm::divergence).orElse(Double.POSITIVE_INFINITY);
        return new Choice(piece, piece.seconds(), piece.memory().orElse(0), loss);
    }

    private static boolean isOnFront(Choice choice, List<Choice> all) {
        return Double.isFinite(choice.loss()) && all.stream().noneMatch(choice::isBeatenBy);
    }

    private static Table table(String id, List<Choice> choices) {
        boolean comparable = choices.stream().allMatch(choice -> choice.memory() > 0)
                || choices.stream().noneMatch(choice -> choice.memory() > 0);
        Table.Builder table = new Table.Builder(id, 2, "setting", "on the front", "s/piece", "MiB", "KL nats");
        for (Choice choice : choices) {
            boolean front = comparable && isOnFront(choice, choices);
            table.add(front, List.of(choice.piece().arm(), comparable ? front ? "yes" : "no" : "memory not known of all",
                    choice.seconds(), choice.memory() > 0 ? TableCell.of(choice.memory()) : TableCell.NONE,
                    choice.loss() == 0 ? TableCell.of(0) : TableCell.scientific(choice.loss())));
        }
        return table.build();
    }

    private static Chart chart(String id, String title, List<Choice> choices, boolean hasMemory) {
        Map<String, List<Chart.Point>> series = new LinkedHashMap<>();
        choices.stream().filter(choice -> hasMemory || Double.isFinite(choice.loss())).forEach(choice ->
                series.computeIfAbsent((isOnFront(choice, choices) ? FRONT : "") + (choice.piece().isExact()
                        ? "fp32" : "reduced precision"), name -> new ArrayList<>()).add(new Chart.Point(choice.seconds(),
                        hasMemory ? choice.memory() : choice.loss(), choice.piece().arm())));
        return new Chart(id, title, Chart.Kind.POINTS, Chart.Axis.logarithmic("s a piece"),
                Chart.Axis.of(hasMemory ? "peak of memory, MiB" : "KL, nats"), List.of(),
                series.entrySet().stream().map(one -> new Chart.Series(one.getKey(), false,
                        one.getKey().startsWith(FRONT), one.getValue())).toList());
    }
}
