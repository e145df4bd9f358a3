package io.notagenbench.report;

import io.notagenbench.report.document.Cell;
import io.notagenbench.report.document.Facts;
import io.notagenbench.report.document.Prose;
import io.notagenbench.report.document.Section;
import io.notagenbench.report.document.Table;
import io.notagenbench.sweep.CellRow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is measured beside inference: sampling and text, a cold start, main memory. */
final class OtherSections {

    private static final String MEMORY_NOTE = "MiB: the weights in the form that the kernels read, the process with the"
            + " model just loaded, its peak while it was loaded and in the iterations measured; the last column is loaded over"
            + " weights. Runtime and engine without a model are in all but the first.";

    private OtherSections() {
    }

    static Section samplingAndText(Run run) {
        Table.Builder table = new Table.Builder(run.id("sampling-and-text"), 2, "what", "settings", "µs", "± µs", "n");
        run.rows().stream().filter(row -> row.cell().shortName().startsWith("SamplingBenchmark")
                || row.cell().shortName().startsWith("TextBenchmark")).forEach(row -> {
                    List<Object> cells = new ArrayList<>(List.of(
                            row.cell().shortName().replace("Benchmark.", " "), Settings.of(row)));
                    cells.addAll(StageSections.time(run, row, 1e3));
                    table.add(false, cells);
                });
        return Section.of(run.id("sampling"), "Sampling and text", List.of(table.build(), new Prose("Sampling is for one"
                + " character; encoding is for one stream cut, decoding and rests for a whole piece.")));
    }

    static Section loads(Run run) {
        Table.Builder table = new Table.Builder(run.id("model-load"), 2, "backend", "settings", "ms", "± ms", "n");
        for (CellRow row : run.rowsOf("ModelLoadBenchmark.load")) {
            List<Object> cells = new ArrayList<>(List.of(row.params().getOrDefault("backend", "-"),
                    Settings.of(row, "backend")));
            cells.addAll(StageSections.time(run, row, 1));
            table.add(false, cells);
        }
        return Section.of(run.id("load"), "Model load", List.of(table.build(),
                new Prose("A cold start: natives, weights and session.")));
    }

    static Section memory(Run run) {
        Table.Builder table = new Table.Builder(run.id("main-memory"), 4, "benchmark", "backend", "decoding", "settings",
                "weights", "loaded", "peak loading", "peak", "ratio");
        run.measured().forEach((row, cell) -> {
            OptionalDouble weights = cell.largest("rss.weights");
            OptionalDouble loaded = cell.largest("rss.loaded");
            if (weights.isPresent() && loaded.isPresent()) {
                table.add(row.cell().shortName(), cell.param("backend"), cell.param("decoding"),
                        Settings.of(row, "backend", "decoding"), weights.getAsDouble(), loaded.getAsDouble(),
                        Cell.of(cell.largest("rss.loading.peak")), Cell.of(cell.largest("rss.peak")),
                        loaded.getAsDouble() / weights.getAsDouble());
            }
        });
        Table built = table.build();
        List<Facts.Fact> missing = built.isEmpty() && !run.measured().isEmpty() ? List.of(new Facts.Fact(
                "Main memory was not measured", "no cell with a model has results of -prof rss")) : List.of();
        return Section.of(run.id("memory"), "Main memory", built.isEmpty() ? List.of(new Facts(missing))
                : List.of(built, new Prose(MEMORY_NOTE)));
    }
}
