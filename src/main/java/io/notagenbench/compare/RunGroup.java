package io.notagenbench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Environment;
import io.notagenbench.results.JmhResults;
import io.notagenbench.results.Measured;
import io.notagenbench.results.Provenance;
import io.notagenbench.results.RulerReading;
import io.notagenbench.results.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One of the two things that are compared: a run, or several whose forks count together.
 *
 * @param name    of its folders
 * @param commits of the suite, as far as they are known
 * @param runs    the rows of each
 * @param ruler   how the machine was meanwhile
 * @param ofJmh   whether it is of JMH's own files, which do not tell the machine
 */
public record RunGroup(String name, Set<String> commits, List<List<Row>> runs, RulerTimes ruler, boolean ofJmh) {

    /**
     * One row of one run.
     *
     * @param row        how the cell ended
     * @param conditions that it was measured under
     * @param measured   what it gave; null where the cell is not OK
     * @param jmh        gives JMH's own result of a cell that is OK
     */
    record Row(CellRow row, Conditions conditions, Measured measured, Supplier<JsonNode> jmh) {

        boolean isOk() {
            return row.outcome() == Outcome.OK;
        }
    }

    public RunGroup {
        commits = Set.copyOf(commits);
        runs = List.copyOf(runs);
    }

    List<Row> rows() {
        return runs.stream().flatMap(List::stream).toList();
    }

    /**
     * Reads a side: folders of runs, or files of JMH's own results.
     *
     * @throws Fault if a folder holds no readable run, a file something else, or there are both
     */
    public static RunGroup of(List<Path> paths) {
        List<Path> files = paths.stream().filter(Files::isRegularFile).toList();
        String name = paths.stream().map(Path::toString).collect(Collectors.joining(", "));
        if (files.isEmpty()) {
            return ofFolders(name, paths);
        }
        if (files.size() < paths.size()) {
            throw mixed();
        }
        return new RunGroup(name, Set.of(), files.stream().map(JmhFile::rows).toList(), RulerTimes.of(List.of()), true);
    }

    private static Fault mixed() {
        return Fault.usage("A file of JMH's results does not say on which machine it was measured, so it cannot be compared with the"
                + " folder of a sweep: name files alone. Of a folder, report FOLDER --jmh-json FILE makes one.");
    }

    /** @throws Fault (usage) if one is of files and the other of folders */
    static void requireSameKind(RunGroup a, RunGroup b) {
        if (a.ofJmh != b.ofJmh) {
            throw mixed();
        }
    }

    private static RunGroup ofFolders(String name, List<Path> folders) {
        List<List<Row>> runs = new ArrayList<>();
        Set<String> commits = new LinkedHashSet<>();
        List<RulerReading> readings = new ArrayList<>();
        for (Path path : folders) {
            RunFolder folder = new RunFolder(path);
            Provenance provenance = Provenance.of(folder);
            JmhResults results = new JmhResults(folder);
            List<Row> rows = new ArrayList<>();
            for (CellRow row : folder.rows()) {
                List<Environment> environments = provenance.environments(row);
                environments.forEach(environment -> environment.commit().ifPresent(commits::add));
                rows.add(new Row(row, Conditions.of(environments, row),
                        row.outcome() == Outcome.OK ? folder.measured(row) : null, () -> results.of(row)));
            }
            runs.add(rows);
            readings.addAll(provenance.rulerReadings());
        }
        return new RunGroup(name, commits, runs, RulerTimes.of(readings), false);
    }
}
