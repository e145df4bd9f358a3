package io.notagenbench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** Builds the folder of a run whose times are given, as a sweep would have left it. */
public final class RecordedRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BENCHMARK = "io.notagenbench.benchmark.SamplingBenchmark.sample";
    private static final Map<String, String> OPTIONS = Map.of("wi", "5", "i", "3");

    private final List<CellRow> rows = new ArrayList<>();
    private final List<ArrayNode> results = new ArrayList<>();
    private final ObjectNode environment;
    private final Map<String, ObjectNode> later = new TreeMap<>();

    /** A run on a machine with this processor. */
    public RecordedRun(String cpu) {
        environment = JSON.createObjectNode().put("started", "2026-11-24T13:14:21Z").put("suite", "0.1.0")
                .put("commit", "565c58d1").put("jmh", "1.37").put("loadAverage", 0.25);
        environment.putArray("engines").add("ONNX Runtime 1.29.0");
        environment.putObject("host").put("cpu", cpu).put("physicalCores", 2).put("availableBytes", 1000L)
                .put("java", "17.0.15");
        environment.putObject("models").put("tiny", "3b83");
        environment.put("plan", "quick");
    }

    public ObjectNode environment() {
        return environment;
    }

    /** Times in milliseconds that scatter around {@code milliseconds} by {@code spread}, both between and within forks. */
    public static double[][] drawn(long seed, int forks, double milliseconds, double spread) {
        Random random = new Random(seed);
        double[][] times = new double[forks][3];
        for (double[] fork : times) {
            double level = milliseconds * Math.exp(spread * random.nextGaussian());
            for (int i = 0; i < fork.length; i++) {
                fork[i] = level * Math.exp(spread / 10 * random.nextGaussian());
            }
        }
        return times;
    }

    /** Adds the cell of a seed that is OK. */
    public RecordedRun ok(int seed, double[]... forks) {
        return ok(seed, "ss", "ms/op", forks);
    }

    RecordedRun ok(int seed, String mode, String unit, double[]... forks) {
        double mean = DoubleStream.of(forks[0]).average().orElseThrow();
        ArrayNode array = JSON.createArrayNode();
        ObjectNode result = array.addObject().put("benchmark", BENCHMARK).put("mode", mode).put("forks", forks.length);
        result.putPOJO("params", params(seed));
        ObjectNode metric = result.putObject("primaryMetric").put("score", mean).put("scoreUnit", unit);
        metric.set("rawData", JSON.valueToTree(forks));
        add(seed, Outcome.OK, "", 1.25 + forks[0][0], mean, unit, array);
        return this;
    }

    /** Adds the cell of a seed that ended otherwise. */
    public RecordedRun failed(int seed, Outcome outcome, String reason) {
        add(seed, outcome, reason, outcome == Outcome.SKIPPED ? 0 : 3.5, null, null, null);
        return this;
    }

    /** Says of the last fork of every row so far that the run had gone on with another JDK. */
    public RecordedRun goneOn(String since, String java) {
        later.put(since, environment.deepCopy().put("started", since));
        later.get(since).withObject("/host").put("java", java);
        rows.replaceAll(row -> {
            ObjectNode json = JSON.valueToTree(row);
            json.putArray("runs").addPOJO(new ForkRun(1, 1, "then", 1, null, null)).addPOJO(new ForkRun(2, 1, since, 1, since, null));
            return JSON.convertValue(json, CellRow.class);
        });
        return this;
    }

    /** Names a parameter in every row so far, as a build that has it does. */
    RecordedRun withParameter(String name, String value) {
        rows.replaceAll(row -> {
            ObjectNode json = JSON.valueToTree(row);
            json.withObject("/params").put(name, value);
            return JSON.convertValue(json, CellRow.class);
        });
        return this;
    }

    private void add(int seed, Outcome outcome, String reason, double seconds, Double score, String unit,
            ArrayNode result) {
        ObjectNode row = JSON.createObjectNode().put("number", rows.size() + 1).put("benchmark", BENCHMARK)
                .put("outcome", outcome.name()).put("reason", reason).put("seconds", seconds).put("score", score)
                .put("unit", unit);
        row.putPOJO("params", params(seed));
        row.putPOJO("jmh", OPTIONS);
        rows.add(JSON.convertValue(row, CellRow.class));
        results.add(result);
    }

    private static Map<String, String> params(int seed) {
        return new TreeMap<>(Map.of("model", "tiny", "backend", "onnx", "decoding", "cached", "seed", String.valueOf(seed)));
    }

    /** Writes the folder. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("cells"));
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("environment.json"), environment.toPrettyString());
        for (Map.Entry<String, ObjectNode> environmentThen : later.entrySet()) {
            Path file = folder.resolve("environments").resolve(environmentThen.getKey().replace(":", "") + ".json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, environmentThen.getValue().toPrettyString());
        }
        Files.writeString(folder.resolve("run.log"), "[1/1] SamplingBenchmark.sample\n");
        Files.deleteIfExists(folder.resolve("journal.jsonl"));
        for (CellRow row : rows) {
            Files.writeString(folder.resolve("journal.jsonl"), JSON.writeValueAsString(row) + "\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            JsonNode result = results.get(row.number() - 1);
            if (result != null) {
                Files.writeString(folder.resolve("cells/%03d.json".formatted(row.number())), result.toPrettyString());
                Files.writeString(folder.resolve("logs/%03d.log".formatted(row.number())), "# Run complete\n");
            }
        }
        return folder;
    }
}
