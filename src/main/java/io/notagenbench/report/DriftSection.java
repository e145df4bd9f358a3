package io.notagenbench.report;

import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.results.RulerReading;
import io.notagenbench.statistics.Trend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How the machine itself changed while it was measured, and which cells had not settled. */
final class DriftSection {

    private static final String NOTE = "The ruler is work that never changes. Where its times change, the machine has"
            + " changed: its clocks, its neighbours or its heat. The last column compares the slowest time with the"
            + " first.";
    private static final String UNSETTLED = "These cells were still getting faster or slower while they were measured,"
            + " so their means describe no steady state. The change is from the first sample to the last.";

    private DriftSection() {
    }

    static Section of(RunResults run) {
        Table trending = trending(run);
        return Section.of(run.id("drift"), "How steady the machine was", List.of(chart(run), ruler(run),
                new Prose(run.drift().isEmpty() ? "" : NOTE), trending, new Prose(trending.isEmpty() ? "" : UNSETTLED)));
    }

    private static Table ruler(RunResults run) {
        Set<String> names = new TreeSet<>();
        run.drift().forEach(reading -> names.addAll(means(reading).keySet()));
        List<String> header = new ArrayList<>(List.of("started", "load"));
        header.addAll(names);
        header.add("% off");
        Table.Builder table = new Table.Builder(run.id("ruler"), 1, header.toArray(String[]::new));
        for (RulerReading reading : run.drift()) {
            List<Object> cells = new ArrayList<>(List.of(reading.started(), reading.loadAverage() < 0 ? TableCell.NONE
                    : TableCell.of(reading.loadAverage())));
            names.forEach(name -> cells.add(TableCell.of(means(reading).getOrDefault(name, Double.NaN))));
            cells.add(TableCell.of(means(reading).entrySet().stream().mapToDouble(mean -> off(run, mean))
                    .filter(Double::isFinite).reduce((one, other) -> Math.abs(one) >= Math.abs(other) ? one : other)));
            table.add(false, cells);
        }
        return table.build();
    }

    /** Mean times by what was measured, with the unit. */
    private static Map<String, Double> means(RulerReading reading) {
        Map<String, Double> means = new LinkedHashMap<>();
        reading.readings().forEach((name, measured) -> means.put(name + " " + measured.unit(), measured.estimate().mean()));
        return means;
    }

    /** Percent against the first time that the same was measured. */
    private static double off(RunResults run, Map.Entry<String, Double> reading) {
        return run.drift().stream().map(moment -> means(moment).get(reading.getKey())).filter(first -> first != null)
                .findFirst().map(first -> 100 * (reading.getValue() / first - 1)).orElse(Double.NaN);
    }

    private static Chart chart(RunResults run) {
        Map<String, List<Chart.Point>> lines = new LinkedHashMap<>();
        for (int i = 0; i < run.drift().size(); i++) {
            for (Map.Entry<String, Double> reading : means(run.drift().get(i)).entrySet()) {
                double off = off(run, reading);
                if (Double.isFinite(off)) {
                    lines.computeIfAbsent(reading.getKey(), name -> new ArrayList<>())
                            .add(new Chart.Point(i + 1, off, run.drift().get(i).started()));
                }
            }
        }
        return Charts.lines(run.id("drift-chart"), "The ruler against its first time", "reading",
                "% slower", lines);
    }

    private static Table trending(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("unsettled"), 2, "benchmark", "parameters", "change %", "p")
                .caption("Cells that had not settled");
        run.rows().stream().filter(row -> row.measured() != null && row.measured().trend() != null)
                .filter(row -> row.measured().trend().state() == Trend.State.TRENDING)
                .forEach(row -> table.add(row.cell().shortName(), Settings.of(row), 100 * row.measured().trend().drift(),
                        row.measured().trend().p() == null ? TableCell.NONE : TableCell.of(row.measured().trend().p())));
        return table.build();
    }
}
