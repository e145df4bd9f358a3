package io.notagenbench.report;

import io.notagenbench.generate.Outcome;
import io.notagenbench.sweep.CellRow;
import io.notagenbench.sweep.RunFolder;
import java.util.ArrayList;
import java.util.List;

/** The roofline of the machine, and where every measured decoder stands beneath it. */
final class RooflineTables {

    static final String LIMITS_NOTE = "In 10⁹ bytes or operations a second. The limit, from the best iteration of the"
            + " fastest means, is what the next table goes by; a buffer of a few MiB gives the bandwidth of the caches, one"
            + " of hundreds that of the memory. Copying counts what is read and what is written.";
    static final String ROWS_NOTE = "For one patch, or for one character where the row is one: what must be read (weights"
            + " once for each forward pass, keys and values once) and computed; the bytes a second that this makes, of those"
            + " that the machine gives for weights of that size; how long each alone would take at the limits; and the longer"
            + " of the two as a percentage of the measured time. From 50 % on the time is bound by it; below, it is mostly"
            + " calls and small operations: norms, GELU, softmax, sampling, threads that wait for each other. Above 100 % the"
            + " weights came from caches faster than the limit, which the weights of a small model or a narrow precision can.";

    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final String NONE = "-";

    private final MachineLimits limits;
    private final List<CellRow> cells;
    private final RunFolder folder;

    private RooflineTables(MachineLimits limits, RunFolder folder) {
        this.limits = limits;
        this.folder = folder;
        cells = folder.rows().stream().filter(row -> row.outcome() == Outcome.OK).toList();
    }

    static RooflineTables of(Measurements measurements, RunFolder folder) {
        int cores = folder.environment().map(environment -> environment.at("/host/physicalCores").asInt()).orElse(0);
        return new RooflineTables(MachineLimits.of(measurements, cores), folder);
    }

    /** Every means that was tried, and which of them is the limit. */
    MarkdownTable limits() {
        MarkdownTable table = new MarkdownTable(4, "what", "by", "settings", "limit", "unit", "best", "mean", "n");
        for (CellRow cell : cells) {
            Measurement row = Measurement.of(folder.result(cell));
            if (!limits.rows().contains(row)) {
                continue;
            }
            boolean traffic = MachineLimits.isTraffic(row);
            table.add(List.of(traffic ? "read bandwidth" : "matrix throughput", means(row),
                    Summary.settings(cell, "backend"), limits.isLimit(row) ? "yes" : "",
                    traffic ? "GB/s" : "GFLOP/s", Summary.number(MachineLimits.best(row)),
                    Summary.number(MachineLimits.mean(row)), String.valueOf(row.samples())));
        }
        return table;
    }

    private static String means(Measurement row) {
        String name = switch (row.benchmark().substring(row.benchmark().indexOf('.') + 1)) {
            case "javaSum" -> "sum";
            case "javaCopy" -> "copy";
            case "engineSum" -> "sum";
            case "matrixVector" -> "vector times matrix";
            default -> "matrix times matrix";
        };
        return (row.param("backend").isEmpty() ? "java" : row.param("backend")) + " " + name;
    }

    /** Every row that decodes, where the limits are known. */
    MarkdownTable rows() {
        MarkdownTable table = new MarkdownTable(6, "what", "backend", "decoding", "settings", "context", "bound by", "ms",
                "MB", "GFLOP", "GB/s", "of GB/s", "ms bandwidth", "ms arithmetic", "% of limit");
        for (String benchmark : List.of(Measurements.PIECE, Measurements.PATCH_STEP, Measurements.PREFILL,
                Measurements.PATCH_DECODING, Measurements.CHAR_STEP)) {
            cells.stream().filter(cell -> cell.cell().shortName().equals(benchmark)).forEach(cell ->
                    RooflineShare.of(Measurement.of(folder.result(cell)), limits)
                            .ifPresent(share -> table.add(cells(benchmark, cell, share))));
        }
        return table;
    }

    private static List<String> cells(String benchmark, CellRow row, RooflineShare share) {
        List<String> texts = new ArrayList<>(List.of(
                benchmark.equals(Measurements.PIECE) ? "piece, patch" : Summary.stage(benchmark),
                row.params().getOrDefault("backend", NONE), row.params().getOrDefault("decoding", NONE),
                Summary.settings(row, "backend", "decoding", "context"), row.params().getOrDefault("context", NONE),
                share.boundBy()));
        texts.addAll(List.of(Summary.number(share.work().milliseconds()),
                Summary.number(share.work().cost().bytes() / MEGA),
                Summary.number(share.work().cost().operations() / GIGA), Summary.number(share.reached()),
                Summary.number(share.gigabytes()), Summary.number(share.bandwidthMillis()),
                share.arithmeticMillis().isPresent() ? Summary.number(share.arithmeticMillis().getAsDouble()) : NONE,
                Summary.number(100 * share.ofLimit())));
        return texts;
    }
}
