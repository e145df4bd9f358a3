package io.notagenbench.report;

import io.notagenbench.document.Facts;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** How every cell ended, and why. */
final class OutcomeSections {

    private OutcomeSections() {
    }

    /** What went wrong, and how many cells ended in which way. */
    static Section outcomes(RunResults run) {
        Table.Builder failures = new Table.Builder(run.id("not-ok"), 4, "outcome", "benchmark", "parameters", "reason")
                .caption("Cells that are not OK");
        run.rows().stream().filter(row -> row.outcome() != Outcome.OK).forEach(row -> failures.add(row.outcome().name(),
                row.cell().shortName(), Settings.of(row), row.reason()));
        Table.Builder lost = new Table.Builder(run.id("lost"), 3, "benchmark", "parameters", "what is wrong")
                .caption("Cells that were measured and whose result is not there");
        run.lost().forEach((row, reason) -> lost.add(row.cell().shortName(), Settings.of(row), reason));
        List<Facts.Fact> facts = new ArrayList<>(List.of(new Facts.Fact("Cells", counts(run.rows()))));
        String changed = ChangedConditions.of(run).sentence();
        if (!changed.isEmpty()) {
            facts.add(new Facts.Fact("Conditions", changed));
        }
        String started = started(run.rows());
        if (!started.isEmpty()) {
            facts.add(new Facts.Fact("Time", started));
        }
        String waited = waited(run.rows());
        if (!waited.isEmpty()) {
            facts.add(new Facts.Fact("Waiting", waited));
        }
        return Section.of(run.id("outcomes"), "Outcomes", List.of(new Facts(facts), failures.build(), lost.build()));
    }

    private static String started(List<CellRow> rows) {
        List<ForkRun> runs = rows.stream().filter(row -> row.runs() != null).flatMap(row -> row.runs().stream())
                .filter(fork -> fork.running() != null).toList();
        double running = runs.stream().mapToDouble(ForkRun::running).sum();
        double starting = runs.stream().mapToDouble(ForkRun::seconds).sum() - running;
        return runs.isEmpty() ? "" : TableCell.number(running) + " s of loading, warmup and measuring, and " + TableCell.number(starting)
                + " s of starting and ending JVMs: " + TableCell.number(starting / runs.size()) + " s a fork.";
    }

    private static String waited(List<CellRow> rows) {
        List<Double> waits = rows.stream().filter(row -> row.runs() != null).flatMap(row -> row.runs().stream())
                .map(ForkRun::waited).filter(Objects::nonNull).toList();
        return waits.isEmpty() ? "" : waits.size() + (waits.size() == 1 ? " fork" : " forks") + " waited "
                + TableCell.number(waits.stream().mapToDouble(Double::doubleValue).sum())
                + " s in all until other JMH runs on the machine had ended.";
    }

    private static String counts(List<CellRow> rows) {
        if (rows.isEmpty()) {
            return "No cell has ended yet.";
        }
        Map<Outcome, Long> counts = rows.stream().collect(Collectors.groupingBy(CellRow::outcome, Collectors.counting()));
        return counts.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", ")) + " of "
                + rows.size() + (rows.size() == 1 ? " cell, " : " cells, ")
                + TableCell.number(rows.stream().mapToDouble(CellRow::seconds).sum()) + " s.";
    }

    /** One row for each cell. */
    static Section all(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("cells"), 5, "benchmark", "parameters", "outcome", "reason", "unit",
                "score", "±", "seconds taken");
        run.rows().forEach(row -> table.add(row.cell().shortName(), Settings.of(row), row.outcome().name(),
                row.reason().isEmpty() ? "-" : row.reason(), row.unit() == null ? "-" : row.unit(),
                row.score() == null ? TableCell.NONE : TableCell.of(row.score()),
                run.measurement(row).map(measurement -> TableCell.of(measurement.error())).orElse(TableCell.NONE), row.seconds()));
        return new Section(run.id("all-cells"), "All cells", true, List.of(table.build()));
    }
}
