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

/** The stages of inference, each measured alone, and what they cost over the context. */
final class StageSections {

    private static final String NOTE = "Milliseconds: a prefill is the patch level over a whole new context, a step is one"
            + " patch more, decoding is the char level for one patch with sampling.";

    private StageSections() {
    }

    static Section stages(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("stages"), 4, "stage", "backend", "decoding", "settings", "context",
                "ms", "± ms", "n");
        for (String benchmark : List.of(Measurements.PATCH_STEP, Measurements.PREFILL, Measurements.PATCH_DECODING,
                Measurements.CHAR_STEP)) {
            for (CellRow row : run.rowsOf(benchmark)) {
                List<Object> cells = new ArrayList<>(List.of(name(benchmark), row.params().getOrDefault("backend", "-"),
                        row.params().getOrDefault("decoding", "-"), Settings.of(row, "backend", "decoding", "context"),
                        context(row)));
                cells.addAll(time(run, row, 1));
                table.add(false, cells);
            }
        }
        return Section.of(run.id("stages-of-inference"), "The stages of inference", List.of(
                chart(run, Measurements.PATCH_STEP, "step-context", "One patch more: milliseconds over the context"),
                chart(run, Measurements.PREFILL, "prefill-context", "A new context: milliseconds over its patches"),
                table.build(), new Prose(NOTE)));
    }

    private static Object context(CellRow row) {
        String context = row.params().get("context");
        return context == null ? TableCell.NONE : Double.parseDouble(context);
    }

    /** What a stage is called in the tables. */
    static String name(String benchmark) {
        return switch (benchmark) {
            case Measurements.PATCH_STEP -> "patch level, step";
            case Measurements.PREFILL -> "patch level, prefill";
            case Measurements.PATCH_DECODING -> "char level, patch";
            default -> "char level, char";
        };
    }

    /** Score, error and number of samples of a cell in milliseconds times {@code scale}. */
    static List<TableCell> time(RunResults run, CellRow row, double scale) {
        return run.measurement(row).map(measurement -> List.of(TableCell.of(measurement.milliseconds() * scale),
                TableCell.of(measurement.errorMilliseconds() * scale), TableCell.of(measurement.samples())))
                .orElse(List.of(TableCell.NONE, TableCell.NONE, TableCell.NONE));
    }

    /** A line for each setting that was measured at two contexts or more. */
    private static Chart chart(RunResults run, String benchmark, String id, String title) {
        Map<String, List<Chart.Point>> lines = new LinkedHashMap<>();
        for (CellRow row : run.rowsOf(benchmark)) {
            run.measurement(row).ifPresent(measurement -> lines.computeIfAbsent(Settings.of(row, "context"),
                    settings -> new ArrayList<>()).add(new Chart.Point(Double.parseDouble(measurement.param("context")),
                            measurement.milliseconds(), "")));
        }
        return Charts.lines(run.id(id), title, "patches in the context", "ms", lines);
    }
}
