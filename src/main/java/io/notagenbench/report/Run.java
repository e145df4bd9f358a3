package io.notagenbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Outcome;
import io.notagenbench.statistics.Estimate;
import io.notagenbench.statistics.Samples;
import io.notagenbench.sweep.CellRow;
import io.notagenbench.sweep.RunFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one results folder holds, read once.
 *
 * @param name        of the folder
 * @param prefix      of the ids of its sections and tables: empty where it is the only one
 * @param rows        the cells that ended, in the order of the journal
 * @param measured    what JMH found for those that are OK
 * @param estimates   what follows from their samples; older journals do not say so themselves
 * @param lost        why the result of a cell that is OK is not there
 * @param environment what it ran on; missing where the folder does not say so
 * @param checks      what {@code verify} found for the models of the run
 */
record Run(String name, String prefix, List<CellRow> rows, Map<CellRow, Measurement> measured,
        Map<CellRow, Estimate> estimates, Map<CellRow, String> lost, JsonNode environment, List<Verification> checks) {

    Run {
        rows = List.copyOf(rows);
        measured = Collections.unmodifiableMap(measured);
        estimates = Collections.unmodifiableMap(estimates);
        lost = Collections.unmodifiableMap(lost);
        checks = List.copyOf(checks);
    }

    /** @throws Fault if there is no readable run in the folder */
    static Run of(RunFolder folder, String prefix) {
        List<CellRow> rows = folder.rows();
        Map<CellRow, Measurement> measured = new LinkedHashMap<>();
        Map<CellRow, Estimate> estimates = new LinkedHashMap<>();
        Map<CellRow, String> lost = new LinkedHashMap<>();
        for (CellRow row : rows) {
            if (row.outcome() == Outcome.OK) {
                try {
                    JsonNode result = folder.result(row);
                    measured.put(row, Measurement.of(result));
                    estimates.put(row, row.measured() != null ? row.measured().estimate() : estimate(result));
                } catch (Fault damaged) {
                    lost.put(row, damaged.getMessage());
                }
            }
        }
        return new Run(folder.path().toAbsolutePath().normalize().getFileName().toString(), prefix, rows, measured,
                estimates, lost, folder.environment().orElse(MissingNode.getInstance()),
                Verification.in(folder.path()));
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

    /** An id in the whole report. */
    String id(String name) {
        return prefix + name;
    }

    Measurements measurements() {
        return new Measurements(List.copyOf(measured.values()));
    }

    List<CellRow> rowsOf(String benchmark) {
        return rows.stream().filter(row -> row.cell().shortName().equals(benchmark)).toList();
    }

    Optional<Measurement> measurement(CellRow row) {
        return Optional.ofNullable(measured.get(row));
    }

    /** What {@code threads=0} stands for; 0 where it is not known. */
    int physicalCores() {
        return environment.at("/host/physicalCores").asInt();
    }

    /** The processor in words, or the folder where it is not known. */
    String machine() {
        String cpu = environment.at("/host/cpu").asText();
        return cpu.isEmpty() ? name : cpu + (physicalCores() > 0 ? ", " + cores() : "");
    }

    /** What a cell ran on: its card where it says so. */
    String machine(CellRow row) {
        return row.device() == null ? machine() : row.device();
    }

    String coreCount() {
        return physicalCores() > 0 ? String.valueOf(physicalCores()) : "-";
    }

    String cores() {
        return physicalCores() + (physicalCores() == 1 ? " core" : " cores");
    }
}
