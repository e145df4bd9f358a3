package io.notagenbench.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Environment;
import io.notagenbench.results.Journal;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run, as one folder contains it. Other folders may contain copies of it.
 *
 * @param name  of its folder, as it was where it ran
 * @param cells the folder in which the files of its cells are
 * @param own   the folder with its other files
 * @param rows  that ended
 */
record FoundRun(String name, RunFolder cells, RunFolder own, Optional<Environment> environment, List<Row> rows) {

    /** A part of a plan that a sweep wrote below the folder of the whole. */
    private static final Pattern SHARD = Pattern.compile("shard-\\d+-of-\\d+");

    /**
     * One row.
     *
     * @param number in its run
     * @param row    as this version of the suite knows it, with the number by which its files are named in this folder
     * @param json   all of it
     */
    record Row(int number, CellRow row, ObjectNode json) {

        static Row of(Journal.Line<CellRow> line) {
            CellRow row = line.value();
            return new Row(row.source() == null ? row.number() : row.source().number(), row, line.json());
        }

        boolean isOk() {
            return row.outcome() == Outcome.OK;
        }

        boolean isInterrupted() {
            return Boolean.TRUE.equals(row.interrupted());
        }

        /** Whether two rows, of runs that may be copies of each other, are the same event. */
        boolean isCopyOf(Row other) {
            return number == other.number && row.benchmark().equals(other.row.benchmark()) && row.outcome() == other.row.outcome()
                    && row.seconds() == other.row.seconds() && Objects.equals(row.score(), other.row.score())
                    && Objects.equals(row.reason(), other.row.reason());
        }
    }

    /**
     * The runs in a folder: the one of a sweep, those that were merged, or the shards of one plan.
     *
     * @throws Fault if there is none, or one cannot be read
     */
    static List<FoundRun> in(Path folder) {
        List<Path> shards = shards(folder);
        if (!new RunFolder(folder).isUsed() && !shards.isEmpty()) {
            return shards.stream().flatMap(shard -> in(shard, name(folder) + "-" + shard.getFileName()).stream()).toList();
        }
        return in(folder, SHARD.matcher(name(folder)).matches()
                ? name(folder.toAbsolutePath().normalize().getParent()) + "-" + name(folder) : name(folder));
    }

    private static String name(Path folder) {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    private static List<Path> shards(Path folder) {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> SHARD.matcher(entry.getFileName().toString()).matches()
                    && new RunFolder(entry).isUsed()).sorted().toList();
        } catch (IOException e) {
            throw Layout.unreadable(folder, e);
        }
    }

    private static List<FoundRun> in(Path path, String name) {
        RunFolder folder = new RunFolder(path);
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        folder.rowLines().forEach(line -> rows.computeIfAbsent(line.value().source() == null ? ""
                : line.value().source().run(), run -> new ArrayList<>()).add(Row.of(line)));
        return rows.entrySet().stream().map(run -> run.getKey().isEmpty() ? of(name, folder, folder, run.getValue())
                : of(run.getKey(), folder, new RunFolder(path.resolve(RunFolder.SOURCES).resolve(run.getKey())), run.getValue()))
                .toList();
    }

    private static FoundRun of(String name, RunFolder cells, RunFolder own, List<Row> rows) {
        return new FoundRun(name, cells, own, own.environment(), List.copyOf(rows));
    }

    /**
     * Whether both are copies of one run, perhaps of different moments: they share a row that was measured, or say the same
     * of where and when they ran.
     */
    boolean isCopyOf(FoundRun other) {
        return environment.isPresent() && environment.equals(other.environment)
                || rows.stream().filter(Row::isOk).anyMatch(row -> other.rows.stream().anyMatch(row::isCopyOf));
    }

    /** What it began on, and what it went on under. */
    List<Environment> environments() {
        return Stream.concat(environment.stream(), own.laterEnvironments().values().stream()).toList();
    }

    String started() {
        return environment.map(Environment::started).orElse("");
    }
}
