package io.notagenbench.report;

import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.results.CellRow;
import java.util.ArrayList;
import java.util.List;

/** What is measured beside inference: sampling and text, a cold start. */
final class OtherSections {

    private OtherSections() {
    }

    static Section samplingAndText(RunResults run) {
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

    static Section loads(RunResults run) {
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
}
