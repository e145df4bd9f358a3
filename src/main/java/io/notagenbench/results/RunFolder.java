package io.notagenbench.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of a run: {@code journal.jsonl}, {@code forks.jsonl}, {@code drift.jsonl}, {@code results.json},
 * {@code environment.json}, {@code environments} where it went on under others, and for each cell its
 * {@code cells/NNN.json} and {@code logs/NNN.log}.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ROOM = 1 << 20;
    /** What a run went on under. */
    public static final String LATER = "environments";

    /** Whether a run has begun here. */
    public boolean isUsed() {
        return Files.isRegularFile(journal());
    }

    public void create() throws IOException {
        Files.createDirectories(path.resolve("cells"));
        Files.createDirectories(path.resolve("logs"));
    }

    public Path journal() {
        return path.resolve("journal.jsonl");
    }

    public Path cell(int number) {
        return path.resolve("cells").resolve(String.format(Locale.ROOT, "%03d.json", number));
    }

    /** Where a fork puts its result until it is in the ledger. */
    public Path fork(int number) {
        return path.resolve("cells").resolve(String.format(Locale.ROOT, "%03d.fork.json", number));
    }

    /** What a fork of a cell printed, or of all where it is measured in one. */
    public Path log(int number, int round) {
        return path.resolve("logs").resolve(String.format(Locale.ROOT, round == 1 ? "%03d.log" : "%03d-%d.log", number, round));
    }

    /** All forks that ended, with JMH's results of each. */
    public Path forks() {
        return path.resolve("forks.jsonl");
    }

    /** For what the processes of a cell keep while they run, and leave where they are killed. */
    public Path temporary() {
        return path.resolve("tmp");
    }

    /** How fast the ruler was before, between and after the rounds. */
    public Path drift() {
        return path.resolve("drift.jsonl");
    }

    /**
     * The cells that ended so far.
     *
     * @throws Fault if there is no readable run in this folder
     */
    public List<CellRow> rows() {
        requireRun();
        try {
            return Journal.read(journal(), CellRow.class);
        } catch (IOException e) {
            throw Fault.failed(journal() + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }

    /** @throws Fault (usage) if there is no run to be read here, with the reason */
    public void requireRun() {
        if (!isUsed()) {
            throw Fault.usage(absence());
        }
    }

    private String absence() {
        if (Files.notExists(path)) {
            return path + " is not there: name a folder that sweep or merge wrote.";
        }
        if (Files.isRegularFile(path)) {
            return path + " is a file: name a folder that sweep or merge wrote.";
        }
        return Files.isDirectory(path) && Files.isExecutable(path)
                ? path + " holds no run: it has no " + journal().getFileName()
                        + ". Make one with: java -jar benchmarks.jar sweep -o " + path + "."
                : path + " may not be read by you: ask its owner to open it (chmod -R a+rX " + path + ").";
    }

    /** What the run began on; empty where it was not written. */
    public Optional<JsonNode> environment() {
        Path file = path.resolve("environment.json");
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** What it went on under where that was something else, by the moment from which on it held: {@link ForkRun#since}. */
    public Map<String, JsonNode> laterEnvironments() {
        Map<String, JsonNode> later = new TreeMap<>();
        Path folder = path.resolve(LATER);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".json")).map(RunFolder::read)
                        .forEach(environment -> later.put(environment.path("started").asText(), environment));
            } catch (IOException e) {
                throw Fault.failed(folder + " cannot be read: " + Fault.reason(e) + ".", e);
            }
        }
        return later;
    }

    /** JMH's result of a cell that is OK: the one element of its array. */
    public JsonNode result(CellRow row) {
        return single(cell(row.number()));
    }

    /**
     * What the ruler found so far, in the order in which it was laid on.
     *
     * @throws Fault if there is something else in its file
     */
    public List<RulerReading> rulerReadings() {
        return lines(drift(), RulerReading.class);
    }

    /** The lines of a journal that may not be there. */
    public <T> List<T> lines(Path file, Class<T> type) {
        try {
            return Files.exists(file) ? Journal.read(file, type) : List.of();
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }

    /** Whether there is no room for a result more: what then fails says nothing of a benchmark. */
    public boolean isFull() throws IOException {
        return Files.getFileStore(path).getUsableSpace() < ROOM;
    }

    /** Keeps JMH's result of a cell. */
    public void writeResult(int number, JsonNode result) throws IOException {
        ReplacedFile.write(cell(number), JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(JSON.createArrayNode().add(result)));
    }

    /**
     * The one element of a file with JMH's results.
     *
     * @throws Fault (failed) if it is not the result of one benchmark
     */
    public static JsonNode single(Path file) {
        JsonNode array = read(file);
        if (array.size() != 1) {
            throw Fault.failed(file + " is not the result of one cell: it holds " + array.size() + " results.");
        }
        return array.get(0);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw Fault.failed(file + " is no JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be read: " + Fault.reason(e) + ".", e);
        }
    }

    /** Keeps what a run begins on. */
    public void writeEnvironment(JsonNode environment) throws IOException {
        ReplacedFile.write(path.resolve("environment.json"), JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(environment));
    }

    /** Keeps what a run goes on under. */
    public void writeLaterEnvironment(JsonNode environment) throws IOException {
        Path folder = Files.createDirectories(path.resolve(LATER));
        ReplacedFile.write(folder.resolve(environment.path("started").asText().replace(":", "") + ".json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(environment));
    }

    /** Writes {@code results.json}: the arrays of all cells that are OK, as one JMH run would have written them. */
    public void writeResults(Collection<CellRow> rows) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        rows.stream().filter(row -> row.outcome() == Outcome.OK).forEach(row -> all.add(result(row)));
        ReplacedFile.write(path.resolve("results.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    }
}
