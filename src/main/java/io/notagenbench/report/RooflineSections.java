package io.notagenbench.report;

import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.results.CellRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The roofline of the machine, and how far every measured decoder is below it. */
final class RooflineSections {

    private static final String LIMITS_NOTE = "In 10⁹ bytes or operations a second. The next table uses the limit: the"
            + " best iteration of the fastest way to measure it. A buffer of a few MiB shows the bandwidth of the"
            + " caches, one of hundreds of MiB that of the memory. Copying counts both the bytes read and the bytes"
            + " written. A call is one operator of one element and the wait for it; a launch is one of a thousand such"
            + " operators in one call.";
    private static final String ROWS_NOTE = "For one patch, or for one character where the row measures characters: what must"
            + " be read (weights once for each forward pass, keys and values once) and computed, and the bytes a second that"
            + " follow, as a share of what the machine reads of weights of that size. Then how long reading and computing would"
            + " each take at the limits, and how long the launches would take: the calls of the engine, with some "
            + RooflineShare.OPERATORS + " operators a block (" + RooflineShare.OPERATORS_OF_ORIGINAL + " in the original; an"
            + " estimate). The last percentage is the longest of them over the measured time. From 50 % on, that limits the"
            + " time. Below, most of it is calls and small operations: norms, GELU, softmax, sampling, threads that wait for"
            + " each other. Above 100 %, the weights came from caches that are faster than the limit, as those of a small model"
            + " or a narrow precision may.";

    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    private final RunResults run;
    private final MachineLimits limits;

    private RooflineSections(RunResults run) {
        this.run = run;
        limits = MachineLimits.of(run.measurements(), run.physicalCores());
    }

    static List<Section> of(RunResults run) {
        RooflineSections sections = new RooflineSections(run);
        return List.of(
                Section.of(run.id("roofline-limits"), "Roofline: what this machine gives",
                        List.of(sections.limits(), new Prose(LIMITS_NOTE))),
                Section.of(run.id("roofline-rows"), "Roofline: what a patch makes of it",
                        List.of(sections.chart(), sections.rows(), new Prose(ROWS_NOTE))));
    }

    /** Every means that was tried, and which of them is the limit. */
    private Table limits() {
        Table.Builder table = new Table.Builder(run.id("machine-limits"), 5, "what", "by", "settings", "limit", "unit", "best",
                "mean", "n");
        run.measured().forEach((cell, row) -> {
            if (limits.rows().contains(row)) {
                LimitKind kind = LimitKind.of(row);
                boolean limit = limits.isLimit(row);
                table.add(limit, List.of(kind.words(), means(row), Settings.of(cell, "backend"), limit ? "yes" : "", kind.unit(),
                        kind.best(row), kind.mean(row), row.samples()));
            }
        });
        return table.build();
    }

    private static String means(Measurement row) {
        String name = switch (row.benchmark().substring(row.benchmark().indexOf('.') + 1)) {
            case "javaSum" -> "sum";
            case "javaCopy", "deviceCopy", "toDevice", "toHost" -> "copy";
            case "engineSum" -> "sum";
            case "engineCall" -> "one operator";
            case "launches" -> "operator after operator";
            case "matrixVector" -> "vector times matrix";
            default -> "matrix times matrix";
        };
        return (row.param("backend").isEmpty() ? "java" : row.param("backend")) + " " + name;
    }

    /** The shares of the rows that decode, where the limits are known: stage after stage. */
    private Map<CellRow, RooflineShare> shares() {
        Map<CellRow, RooflineShare> shares = new LinkedHashMap<>();
        for (String benchmark : List.of(Measurements.PIECE, Measurements.PATCH_STEP, Measurements.PREFILL,
                Measurements.PATCH_DECODING, Measurements.CHAR_STEP)) {
            for (CellRow row : run.rowsOf(benchmark)) {
                run.measurement(row).flatMap(measured -> RooflineShare.of(measured, limits))
                        .ifPresent(share -> shares.put(row, share));
            }
        }
        return shares;
    }

    private Table rows() {
        Table.Builder table = new Table.Builder(run.id("roofline"), 5, "what", "backend", "decoding", "settings",
                "bound by", "ms", "MB", "GFLOP", "GB/s", "of GB/s", "ms bandwidth", "ms arithmetic",
                "ms launches", "% of limit");
        shares().forEach((row, share) -> table.add(what(row), row.params().getOrDefault("backend", "-"),
                row.params().getOrDefault("decoding", "-"), Settings.of(row, "backend", "decoding"), share.boundBy(), share.step().milliseconds(),
                share.step().cost().bytes() / MEGA, share.step().cost().operations() / GIGA, share.reached(),
                share.gigabytes(), share.bandwidthMillis(), TableCell.of(share.arithmeticMillis()),
                TableCell.of(share.launchMillis()), 100 * share.ofLimit()));
        return table.build();
    }

    private static String what(CellRow row) {
        String benchmark = row.cell().shortName();
        return benchmark.equals(Measurements.PIECE) ? "piece, patch" : StageSections.name(benchmark);
    }

    /** Operations a second over operations a byte, on the usual logarithmic axes; the limits are the roof. */
    private Chart chart() {
        Map<CellRow, RooflineShare> shares = shares();
        Map<String, List<Chart.Point>> points = new LinkedHashMap<>();
        shares.forEach((row, share) -> points.computeIfAbsent(what(row), name -> new ArrayList<>())
                .add(new Chart.Point(intensity(share), share.step().cost().operations() / GIGA / share.step().milliseconds() * 1e3,
                        Settings.of(row))));
        List<Chart.Series> series = new ArrayList<>();
        double left = shares.values().stream().mapToDouble(RooflineSections::intensity).min().orElse(1) / 2;
        double right = shares.values().stream().mapToDouble(RooflineSections::intensity).max().orElse(1) * 2;
        limits.rows().stream().filter(limit -> LimitKind.of(limit) == LimitKind.READ || LimitKind.of(limit) == LimitKind.ARITHMETIC)
                .filter(limits::isLimit).forEach(limit -> {
            double best = MachineLimits.best(limit);
            boolean traffic = LimitKind.of(limit) == LimitKind.READ;
            series.add(new Chart.Series((traffic ? "bandwidth" : "arithmetic") + ", " + means(limit), true, List.of(
                    new Chart.Point(left, traffic ? best * left : best, ""),
                    new Chart.Point(right, traffic ? best * right : best, ""))));
        });
        points.forEach((name, of) -> series.add(new Chart.Series(name, false, of)));
        return new Chart(run.id("roofline-chart"), "Each decoder beneath the limits of the machine", Chart.Kind.POINTS,
                Chart.Axis.logarithmic("operations a byte"), Chart.Axis.logarithmic("GFLOP/s"), List.of(),
                shares.isEmpty() ? List.of() : series);
    }

    private static double intensity(RooflineShare share) {
        return share.step().cost().operations() / share.step().cost().bytes();
    }
}
