package io.notagenbench.report;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Environment;
import io.notagenbench.results.Provenance;
import io.notagenbench.results.RunFolder;
import io.notagenbench.results.Verification;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the runs of results folders, each file once. */
final class RunReader {

    /** The rows of one run in a folder, and the folder with what else is its own. */
    private record Source(RunFolder folder, String name, RunFolder place, List<CellRow> rows) {
    }

    private RunReader() {
    }

    /**
     * @param folders of runs, or of merges, which hold several
     * @throws Fault if there is no readable run in a folder
     */
    static List<RunResults> read(List<RunFolder> folders) {
        List<Source> sources = folders.stream().flatMap(folder -> sources(folder).stream()).toList();
        List<RunResults> runs = new ArrayList<>();
        for (Source source : sources) {
            runs.add(read(source, sources.size() == 1 ? "" : "run" + (runs.size() + 1) + "-"));
        }
        return runs;
    }

    private static List<Source> sources(RunFolder folder) {
        Provenance provenance = Provenance.of(folder);
        Map<String, List<CellRow>> rows = new LinkedHashMap<>();
        String own = folder.path().toAbsolutePath().normalize().getFileName().toString();
        // they ended in random order
        folder.rows().stream().sorted(Comparator.comparingInt(CellRow::number)).forEach(row ->
                rows.computeIfAbsent(provenance.run(row).orElse(own), run -> new ArrayList<>()).add(row));
        if (rows.isEmpty()) {
            return List.of(new Source(folder, own, folder, List.of()));
        }
        return rows.entrySet().stream().map(run -> new Source(folder, run.getKey(), provenance.place(run.getValue().get(0)),
                run.getValue())).toList();
    }

    private static RunResults read(Source source, String prefix) {
        Map<CellRow, Measurement> measured = new LinkedHashMap<>();
        Map<CellRow, String> lost = new LinkedHashMap<>();
        for (CellRow row : source.rows()) {
            if (row.outcome() == Outcome.OK) {
                try {
                    measured.put(row, Measurement.of(row, source.folder().measured(row)));
                } catch (Fault damaged) {
                    lost.put(row, damaged.getMessage());
                }
            }
        }
        RunFolder place = source.place();
        return new RunResults(source.name(), prefix, source.folder(), source.rows(), measured, lost,
                place.environment().orElse(new Environment(MissingNode.getInstance())), place.laterEnvironments(),
                Files.isDirectory(place.path()) ? Verification.in(place.path()) : List.of(), place.rulerReadings());
    }
}
