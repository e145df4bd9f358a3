package io.notagenbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.merge.Provenance;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.RunFolder;
import io.notagenbench.results.Verification;
import io.notagenbench.statistics.Estimate;
import io.notagenbench.statistics.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the runs of results folders, each file once. */
final class RunReader {

    /** The rows of one run, and where else it keeps things. */
    private record Source(RunFolder folder, String name, Path place, List<CellRow> rows, Optional<JsonNode> environment) {
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
            return List.of(new Source(folder, own, folder.path(), List.of(), folder.environment()));
        }
        return rows.entrySet().stream().map(run -> {
            Path place = provenance.run(run.getValue().get(0)).map(name -> folder.path().resolve("sources").resolve(name))
                    .orElse(folder.path());
            return new Source(folder, run.getKey(), place, run.getValue(), provenance.environment(run.getValue().get(0)));
        }).toList();
    }

    private static RunResults read(Source source, String prefix) {
        Map<CellRow, Measurement> measured = new LinkedHashMap<>();
        Map<CellRow, Estimate> estimates = new LinkedHashMap<>();
        Map<CellRow, String> lost = new LinkedHashMap<>();
        for (CellRow row : source.rows()) {
            if (row.outcome() == Outcome.OK) {
                try {
                    JsonNode result = source.folder().result(row);
                    measured.put(row, Measurement.of(result));
                    estimates.put(row, row.measured() != null ? row.measured().estimate() : estimate(result));
                } catch (Fault damaged) {
                    lost.put(row, damaged.getMessage());
                }
            }
        }
        boolean hasPlace = Files.isDirectory(source.place());
        return new RunResults(source.name(), prefix, source.rows(), measured, estimates, lost,
                source.environment().orElse(MissingNode.getInstance()), new RunFolder(source.place()).laterEnvironments(),
                hasPlace ? Verification.in(source.place()) : List.of(), Drift.in(source.place()));
    }

    private static Estimate estimate(JsonNode result) {
        List<List<Double>> forks = new ArrayList<>();
        for (JsonNode fork : result.at("/primaryMetric/rawData")) {
            List<Double> samples = new ArrayList<>();
            fork.forEach(sample -> samples.add(sample.asDouble(Double.NaN)));
            forks.add(samples);
        }
        return new Samples(forks).estimate();
    }
}
