package io.notagenbench.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.Cell;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run as one folder has it.
 *
 * @param name        of its folder, as it was where it ran
 * @param cells       the folder in which its {@code cells} and {@code logs} are
 * @param own         the folder with its other files
 * @param environment what it ran on; empty where that was not written
 * @param rows        that ended
 */
record FoundRun(String name, Path cells, Path own, Optional<JsonNode> environment, List<Row> rows) {

    /** A part of a plan that a sweep wrote below the folder of the whole. */
    private static final Pattern SHARD = Pattern.compile("shard-\\d+-of-\\d+");

    /**
     * One row.
     *
     * @param number in its run
     * @param file   number by which its files are named in this folder
     * @param json   the row as its run wrote it
     */
    record Row(int number, int file, ObjectNode json) {

        Outcome outcome() {
            return Outcome.valueOf(json.get("outcome").asText());
        }

        boolean isOk() {
            return outcome() == Outcome.OK;
        }

        /** Whether two rows, of runs that may be copies of each other, are the same event. */
        boolean isCopyOf(Row other) {
            return number == other.number && Stream.of("benchmark", "outcome", "seconds", "score", "reason")
                    .allMatch(field -> json.path(field).equals(other.json.path(field)));
        }

        String label() {
            return new Cell(json.get("benchmark").asText(), params(), Map.of()).label();
        }

        private Map<String, String> params() {
            Map<String, String> params = new LinkedHashMap<>();
            json.get("params").properties().forEach(param -> params.put(param.getKey(), param.getValue().asText()));
            return params;
        }
    }

    /**
     * The runs in a folder: the one of a sweep, those that were merged, or the shards of one plan.
     *
     * @throws Fault if there is none, or one cannot be read
     */
    static List<FoundRun> in(Path folder) {
        List<Path> shards = shards(folder);
        if (!Files.exists(folder.resolve(Layout.JOURNAL)) && !shards.isEmpty()) {
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
                    && Files.exists(entry.resolve(Layout.JOURNAL))).sorted().toList();
        } catch (IOException e) {
            throw Layout.unreadable(folder, e);
        }
    }

    private static List<FoundRun> in(Path folder, String name) {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        for (ObjectNode row : Layout.rows(folder)) {
            int file = row.get(Layout.NUMBER).asInt();
            JsonNode source = row.remove(Layout.SOURCE);
            int number = source == null ? file : source.get(Layout.NUMBER).asInt();
            row.put(Layout.NUMBER, number);
            rows.computeIfAbsent(source == null ? "" : source.get(Layout.RUN).asText(), run -> new ArrayList<>())
                    .add(new Row(number, file, row));
        }
        return rows.entrySet().stream().map(run -> run.getKey().isEmpty() ? of(name, folder, folder, run.getValue())
                : of(run.getKey(), folder, folder.resolve(Layout.SOURCES).resolve(run.getKey()), run.getValue())).toList();
    }

    private static FoundRun of(String name, Path cells, Path own, List<Row> rows) {
        Path environment = own.resolve(Layout.ENVIRONMENT);
        return new FoundRun(name, cells, own,
                Files.exists(environment) ? Optional.of(Layout.read(environment)) : Optional.empty(), List.copyOf(rows));
    }

    /**
     * Whether both are copies of one run, perhaps of different moments: they share a row that was measured, or say the same
     * of where and when they ran.
     */
    boolean isCopyOf(FoundRun other) {
        return environment.isPresent() && environment.equals(other.environment)
                || rows.stream().filter(Row::isOk).anyMatch(row -> other.rows.stream().anyMatch(row::isCopyOf));
    }

    /** JMH's result of a row. */
    Path result(Row row) {
        return cells.resolve(Layout.CELLS).resolve(String.format(Locale.ROOT, "%03d.json", row.file()));
    }

    /** What it began on, and what it went on under. */
    List<JsonNode> environments() {
        return Stream.concat(environment.stream(), new RunFolder(own).laterEnvironments().values().stream()).toList();
    }

    String started() {
        return environment.map(facts -> facts.path("started").asText()).orElse("");
    }
}
