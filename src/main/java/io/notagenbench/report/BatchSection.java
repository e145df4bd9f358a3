package io.notagenbench.report;

import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.results.BatchCounters;
import io.notagenbench.results.CellRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What decoding pieces together gains and costs, compared with the same queue one piece at a time. */
final class BatchSection {

    private static final String NOTE = "A queue of pieces is decoded, as many at a time as batch says; when a piece"
            + " ends, the next begins. Latency counts from the moment that the whole queue is asked for, so it includes the"
            + " wait for a slot: the mean, and within which time half, 90 % and 99 % of the pieces were ready. In a slot is"
            + " the mean from a piece's start to its end, and worst the longest of these times. Steady pieces/h are those while every slot had a next piece,"
            + " counted from the first end on; the drain is the rest, in which slots stay empty, as a share of the time."
            + " Rows are how many pieces shared one reading of the weights, as means of the patch level and of the"
            + " char level. The ratio compares pieces an hour with batch=1. Scaling is for several devices: the time"
            + " of the first alone, measured before each sample, as a percentage of the time of all together. ± is"
            + " half of JMH's 99.9% confidence interval.";

    private static final String BENCHMARK = "BatchBenchmark.generate";
    private static final String BATCH = "batch";
    private static final double MILLIS_PER_HOUR = 3.6e6;
    private static final double SECONDS_PER_HOUR = 3600;

    private BatchSection() {
    }

    static Section of(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("batch"), 2, "backend", "settings", BATCH, "pieces", "pieces/h",
                "± %", "n", "ratio", "latency s", "p50 s", "p90 s", "p99 s", "in a slot s", "worst s", "steady pieces/h", "drain %", "patches/s", "patch rows", "char rows",
                "scaling %");
        for (CellRow row : run.rowsOf(BENCHMARK)) {
            List<Object> cells = new ArrayList<>(List.of(row.params().getOrDefault("backend", "-"),
                    Settings.of(row, "backend", BATCH, "pieces"), number(row, BATCH), number(row, "pieces")));
            cells.addAll(run.measurement(row).map(queue -> cells(queue, oneByOne(run, row)))
                    .orElse(Collections.nCopies(16, TableCell.NONE)));
            table.add(false, cells);
        }
        return Section.of(run.id("pieces-decoded-together"), "Pieces decoded together",
                List.of(chart(run), table.build(), new Prose(NOTE)));
    }

    private static Object number(CellRow row, String parameter) {
        String value = row.params().get(parameter);
        return value == null ? TableCell.NONE : Double.parseDouble(value);
    }

    private static List<TableCell> cells(Measurement queue, Optional<Measurement> oneByOne) {
        BatchCounters counted = queue.mean(BatchCounters.class);
        double milliseconds = queue.milliseconds();
        return List.of(TableCell.of(perHour(queue)), TableCell.of(100 * queue.errorMilliseconds() / milliseconds),
                TableCell.of(queue.samples()), oneByOne.map(base -> TableCell.of(base.milliseconds() / milliseconds)).orElse(TableCell.NONE),
                TableCell.of(counted.askedSeconds / counted.pieces), TableCell.of(counted.askedP50Seconds),
                TableCell.of(counted.askedP90Seconds), TableCell.of(counted.askedP99Seconds),
                TableCell.of(counted.latencySeconds / counted.pieces), TableCell.of(counted.worstLatencySeconds), steady(counted),
                TableCell.of(1e5 * counted.drainSeconds / milliseconds),
                TableCell.of(counted.patches / milliseconds * 1e3),
                TableCell.of(counted.patchRows / counted.patchPasses),
                TableCell.of(counted.charRows / counted.charPasses), scaling(counted));
    }

    /** 100 where two devices take half the time of one, and so on; none where there is one. */
    private static TableCell scaling(BatchCounters counted) {
        return counted.aloneSeconds == 0 ? TableCell.NONE : TableCell.of(100 * counted.aloneSeconds / counted.deviceSeconds);
    }

    /** Of a queue that is not longer than the slots are many, no part is steady. */
    private static TableCell steady(BatchCounters counted) {
        return counted.steadySeconds > 0 ? TableCell.of(counted.steadyPieces / counted.steadySeconds * SECONDS_PER_HOUR) : TableCell.NONE;
    }

    private static double perHour(Measurement queue) {
        return queue.mean(BatchCounters.class).pieces / queue.milliseconds() * MILLIS_PER_HOUR;
    }

    /** The same queue with batch=1; empty where it was not measured. */
    private static Optional<Measurement> oneByOne(RunResults run, CellRow row) {
        Map<String, String> wanted = new HashMap<>(row.params());
        wanted.put(BATCH, "1");
        return run.rowsOf(BENCHMARK).stream().filter(other -> other.params().equals(wanted)).findFirst()
                .flatMap(run::measurement);
    }

    private static Chart chart(RunResults run) {
        Map<String, List<Chart.Point>> lines = new LinkedHashMap<>();
        for (CellRow row : run.rowsOf(BENCHMARK)) {
            run.measurement(row).ifPresent(queue -> lines.computeIfAbsent(Settings.of(row, BATCH),
                    settings -> new ArrayList<>()).add(new Chart.Point(Double.parseDouble(queue.param(BATCH)),
                            perHour(queue), "")));
        }
        return Charts.lines(run.id("batch-curve"), "Pieces an hour over the pieces decoded together", BATCH, "pieces/h", lines);
    }
}
