package io.notagenbench.report;

import io.notagenbench.document.Block;
import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ServiceCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the clients of a service wait for at a rate of requests, and what a cache saves them. */
final class ServiceSection {

    private static final String BENCHMARK = "ServiceLoadBenchmark.schedule";
    private static final String RATE = "rate";
    private static final String BATCH = "batch";
    private static final String CACHE = "cache";
    private static final String POPULARITY = "popularity";
    private static final int COLUMNS = 13;
    private static final double PERCENT = 100;
    private static final double MILLIS = 1e3;
    private static final List<String> SINGLE = List.of("ServiceBenchmark.hit", "ServiceBenchmark.miss");

    private static final String NOTE = "Requests arrive at random at the rate; closed is as many clients as pieces are decoded"
            + " together, each of which waits for its last text, and percentages are of the texts a second that these get. Times are"
            + " milliseconds from when a request was meant to be sent. Good requests meet the service level, and failed ones are not"
            + " good. Playable is the share of streams whose music never stops. A cache saves what the hit ratio says, which the"
            + " popularity of pieces decides: hits and misses are apart, and rows with different caches answer different questions."
            + " saturated: the service falls further behind the longer the load lasts. late: requests were sent too late, so the row"
            + " is not in the chart.";

    private static final String SINGLE_NOTE = "One client waits for the stream of a piece of one patch: one that the cache has, and one"
            + " that the engine writes.";

    private ServiceSection() {
    }

    static Section of(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("service"), 2, "settings", "cache", "pieces", "batch", "rate", "requests/s", "texts/s",
                "first patch p50", "p90", "worst", "total p50", "worst total", "good %", "playable %", "hits %", "hit p50", "hit worst", "miss p50",
                "state");
        for (CellRow row : run.rowsOf(BENCHMARK)) {
            List<Object> cells = new ArrayList<>(List.of(Settings.of(row, RATE, BATCH, CACHE, POPULARITY, "requests", "slo"),
                    param(row, CACHE), param(row, POPULARITY), param(row, BATCH), param(row, RATE)));
            cells.addAll(run.measurement(row).map(load -> cells(load.mean(ServiceCounters.class)))
                    .orElse(Collections.nCopies(COLUMNS + 1, TableCell.NONE)));
            table.add(false, cells);
        }
        Table.Builder single = new Table.Builder(run.id("service-single"), 3, "request", "cache", "settings", "ms", "± ms", "n");
        SINGLE.forEach(benchmark -> run.rowsOf(benchmark).forEach(row -> single(run, row, single)));
        List<Block> blocks = new ArrayList<>(charts(run));
        blocks.addAll(List.of(table.build(), new Prose(NOTE), single.build(), new Prose(SINGLE_NOTE)));
        return Section.of(run.id("a-service-under-load"), "A service under load", blocks);
    }

    private static String param(CellRow row, String name) {
        return row.params().getOrDefault(name, "-");
    }

    private static void single(RunResults run, CellRow row, Table.Builder table) {
        List<Object> cells = new ArrayList<>(List.of(row.cell().shortName().endsWith("hit") ? "cached" : "written", param(row, CACHE),
                Settings.of(row, CACHE)));
        cells.addAll(run.measurement(row).map(time -> List.of(TableCell.of(time.milliseconds()), TableCell.of(time.errorMilliseconds()),
                TableCell.of(time.samples()))).orElse(Collections.nCopies(3, TableCell.NONE)));
        table.add(false, cells);
    }

    private static List<Object> cells(ServiceCounters counted) {
        return List.of(positive(counted.offeredRate, 1), TableCell.of(counted.textRate), positive(counted.firstPatchMedianSeconds, MILLIS),
                positive(counted.firstPatchNinetySeconds, MILLIS), positive(counted.firstPatchWorstSeconds, MILLIS),
                positive(counted.totalMedianSeconds, MILLIS), positive(counted.totalWorstSeconds, MILLIS),
                TableCell.of(PERCENT * counted.good / counted.requests),
                counted.streams > 0 ? TableCell.of(PERCENT * counted.playable / counted.streams) : TableCell.NONE,
                TableCell.of(counted.whole > 0 ? PERCENT * counted.hits / counted.whole : 0), positive(counted.hitMedianSeconds, MILLIS), positive(counted.hitWorstSeconds, MILLIS),
                positive(counted.missMedianSeconds, MILLIS), state(counted));
    }

    /** 0 is what there were too few requests for. */
    private static TableCell positive(double value, double factor) {
        return value > 0 ? TableCell.of(value * factor) : TableCell.NONE;
    }

    private static String state(ServiceCounters counted) {
        return counted.late > 0 ? "late" : counted.saturated > 0 ? "saturated" : "steady";
    }

    /** The median of the time to the first patch, and good requests, by the rate; for each size of a batch. */
    private static List<Chart> charts(RunResults run) {
        Map<String, List<Chart.Point>> times = new LinkedHashMap<>();
        Map<String, List<Chart.Point>> good = new LinkedHashMap<>();
        for (CellRow row : run.rowsOf(BENCHMARK)) {
            String line = BATCH + "=" + param(row, BATCH) + " " + Settings.of(row, RATE, BATCH, "requests", "slo");
            run.measurement(row).map(load -> load.mean(ServiceCounters.class)).filter(load -> load.offeredRate > 0 && load.late == 0)
                    .ifPresent(load -> {
                        if (load.firstPatchMedianSeconds > 0) {
                            add(times, line, load.offeredRate, MILLIS * load.firstPatchMedianSeconds);
                        }
                        add(good, line, load.offeredRate, PERCENT * load.good / load.requests);
                    });
        }
        return List.of(Charts.lines(run.id("service-curve"), "Milliseconds to the first patch, the median, over requests a second",
                "requests/s", "ms", times), Charts.lines(run.id("service-good"), "Percent of requests that met the service level, over"
                        + " requests a second", "requests/s", "%", good));
    }

    private static void add(Map<String, List<Chart.Point>> lines, String line, double rate, double value) {
        lines.computeIfAbsent(line, name -> new ArrayList<>()).add(new Chart.Point(rate, value, ""));
    }
}
