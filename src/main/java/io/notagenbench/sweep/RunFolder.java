package io.notagenbench.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a run: {@code journal.jsonl}, {@code results.json}, {@code environment.json}, and for each cell its
 * {@code cells/NNN.json} and {@code logs/NNN.log}.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether a run has begun here. */
    boolean isUsed() {
        return Files.exists(journal());
    }

    void create() throws IOException {
        Files.createDirectories(path.resolve("cells"));
        Files.createDirectories(path.resolve("logs"));
    }

    Path journal() {
        return path.resolve("journal.jsonl");
    }

    Path cell(int number) {
        return path.resolve("cells").resolve("%03d.json".formatted(number));
    }

    Path log(int number) {
        return path.resolve("logs").resolve("%03d.log".formatted(number));
    }

    /**
     * The cells that ended so far.
     *
     * @throws Fault if there is no readable run in this folder
     */
    public List<CellRow> rows() {
        if (!isUsed()) {
            throw Fault.usage(path + " holds no run: it has no " + journal().getFileName()
                    + ". Make one with: java -jar benchmarks.jar sweep -o " + path + ".");
        }
        try {
            return Journal.read(journal());
        } catch (IOException e) {
            throw Fault.failed(journal() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** What the run ran on; empty where it was not written. */
    public Optional<JsonNode> environment() {
        Path file = path.resolve("environment.json");
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** JMH's result of a cell that is OK: the one element of its array. */
    public JsonNode result(CellRow row) {
        Path file = cell(row.number());
        JsonNode array = read(file);
        if (array.size() != 1) {
            throw Fault.failed(file + " is not the result of one cell: it holds " + array.size() + " results.");
        }
        return array.get(0);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw Fault.failed(file + " is no JSON: " + e.getOriginalMessage() + ".", e);
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    void writeEnvironment(Environment environment) throws IOException {
        ReplacedFile.write(path.resolve("environment.json"), JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(environment));
    }

    /** Writes {@code results.json}: the arrays of all cells that are OK, as one JMH run would have written them. */
    void writeResults(List<CellRow> rows) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        rows.stream().filter(row -> row.outcome() == Outcome.OK).forEach(row -> all.add(result(row)));
        ReplacedFile.write(path.resolve("results.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    }
}
