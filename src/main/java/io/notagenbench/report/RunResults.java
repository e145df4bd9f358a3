package io.notagenbench.report;

import io.notagenbench.results.CellRow;
import io.notagenbench.results.Environment;
import io.notagenbench.results.RulerReading;
import io.notagenbench.results.RunFolder;
import io.notagenbench.results.Verification;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one run.
 *
 * @param name        of its folder
 * @param prefix      of the ids of its sections and tables: empty where it is the only one
 * @param folder      with the files of its cells
 * @param rows        the cells that ended, in the order of the journal
 * @param measured    what JMH found for those that are OK
 * @param lost        why the result of a cell that is OK is not there
 * @param environment what it began on; without facts where the folder does not say so
 * @param later       what it went on under, by the moment from which on it held
 * @param checks      what {@code verify} found for the models of the run
 * @param drift       how fast the machine was at moments of the run
 */
record RunResults(String name, String prefix, RunFolder folder, List<CellRow> rows, Map<CellRow, Measurement> measured,
        Map<CellRow, String> lost, Environment environment, Map<String, Environment> later,
        List<Verification> checks, List<RulerReading> drift) {

    RunResults {
        rows = List.copyOf(rows);
        measured = Collections.unmodifiableMap(measured);
        lost = Collections.unmodifiableMap(lost);
        later = Map.copyOf(later);
        checks = List.copyOf(checks);
        drift = List.copyOf(drift);
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

    /** The cores that {@code threads=0} means; 0 where it is not known. */
    int physicalCores() {
        return environment.physicalCores();
    }

    /** The processor in words, or the folder where it is not known. */
    String machine() {
        String cpu = environment.cpu();
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
