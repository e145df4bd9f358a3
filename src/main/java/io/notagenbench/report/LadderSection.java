package io.notagenbench.report;

import io.notagenbench.document.Block;
import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From what the original does to the fastest setting, step by step, with what each reduced precision loses. */
final class LadderSection {

    private static final String NOTE = "From the slowest to the fastest. The first factor compares the time with the"
            + " original's recomputation, the second with the row above. Every row does the same work. Where the row"
            + " says so, an fp32 text equals the original's character by character. The loss of a precision is"
            + " measured over a recorded piece, with every character given, against double precision: the largest error of"
            + " a logit, the Kullback-Leibler divergence of a character's distribution in nats, and how often the most"
            + " probable character is the same.";

    private LadderSection() {
    }

    static Section of(RunResults run) {
        List<Block> blocks = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Map<String, String>, List<PieceResult>> question
                : PieceResult.byQuestion(PieceResult.of(run)).entrySet()) {
            if (question.getValue().size() > 1) {
                number++;
                List<PieceResult> steps = question.getValue().stream()
                        .sorted(Comparator.comparingDouble(PieceResult::seconds).reversed()).toList();
                blocks.add(chart(run.id("ladder-chart-" + number), AnswerSection.title(question.getKey()), steps));
                blocks.add(table(run.id("ladder-" + number), steps));
            }
        }
        if (!blocks.isEmpty()) {
            blocks.add(new Prose(NOTE));
        }
        return Section.of(run.id("ladder"), "The ladder of speed", blocks);
    }

    private static Chart chart(String id, String title, List<PieceResult> steps) {
        return Charts.bars(id, title, "s a piece", steps.stream().map(PieceResult::arm).toList(),
                steps.stream().map(step -> new Chart.Point(step.seconds(), 0, TableCell.number(step.seconds()) + " s")).toList());
    }

    private static Table table(String id, List<PieceResult> steps) {
        Optional<PieceResult> original = AnswerSection.baseline(steps);
        Table.Builder table = new Table.Builder(id, 4, "backend", "decoding", "precision", "exactness", "s/piece", "± sd",
                "× original", "× row above", "logit error", "KL nats", "top-1 %", "MiB", "J/piece");
        PieceResult above = null;
        for (PieceResult step : steps) {
            Optional<Verification.Arm> check = step.check();
            table.add(step.value(Parameter.BACKEND), step.decoding(),
                    step.value(Parameter.PRECISION), exactness(step), step.seconds(), TableCell.of(step.deviation()),
                    original.map(first -> TableCell.of(first.seconds() / step.seconds())).orElse(TableCell.NONE),
                    above == null ? TableCell.NONE : TableCell.of(above.seconds() / step.seconds()),
                    check.map(arm -> TableCell.scientific(arm.logitError())).orElse(TableCell.NONE),
                    check.map(arm -> TableCell.scientific(arm.divergence())).orElse(TableCell.NONE),
                    check.map(arm -> TableCell.of(100 * arm.agreement())).orElse(TableCell.NONE), TableCell.of(step.memory()),
                    TableCell.of(step.joules()));
            above = step;
        }
        return table.build();
    }

    private static String exactness(PieceResult step) {
        return step.check().map(arm -> !arm.passes() ? "FAILED" : arm.sameText() ? "the same text" : step.isExact()
                ? "rounding" : "another text").orElse("not verified here");
    }
}
