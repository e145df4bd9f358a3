package io.notagenbench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.ForkRun;
import io.notagenbench.results.JmhResults;
import io.notagenbench.results.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final List<List<JsonNode>> forks = new ArrayList<>();
    private boolean old;
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
        List<JsonNode> results = new ArrayList<>();
        List<ForkRun> runs = new ArrayList<>();
        for (double[] samples : forks) {
            ObjectNode result = JSON.createObjectNode().put("benchmark", BENCHMARK).put("mode", mode).put("forks", 1);
            result.putPOJO("params", params(seed));
            ObjectNode metric = result.putObject("primaryMetric").put("score", DoubleStream.of(samples).average().orElseThrow())
                    .put("scoreUnit", unit);
            metric.putObject("scorePercentiles");
            metric.set("rawData", JSON.valueToTree(new double[][] {samples}));
            result.putObject("secondaryMetrics");
            results.add(result);
            runs.add(new ForkRun(results.size(), 1, "2026-11-24T13:15:00Z", samples[0], null, null, null));
        }
        Measured measured = Measured.of(JmhResults.merged(results));
        rows.add(new CellRow(rows.size() + 1, BENCHMARK, params(seed), OPTIONS, Outcome.OK, "", 1.25 + forks[0][0], measured.score(),
                unit, null, measured, runs, null, null));
        this.forks.add(results);
        return this;
    }

    /** Adds the cell of a seed that ended otherwise. */
    public RecordedRun failed(int seed, Outcome outcome, String reason) {
        rows.add(new CellRow(rows.size() + 1, BENCHMARK, params(seed), OPTIONS, outcome, reason,
                outcome == Outcome.SKIPPED ? 0 : 3.5, null, null, null));
        forks.add(List.of());
        return this;
    }

    /** As the oldest builds wrote it: JMH's result of each cell is in a file, and no row says what was measured. */
    public RecordedRun old() {
        old = true;
        return this;
    }

    /** Says of the last fork of every row so far that the run had gone on with another JDK. */
    public RecordedRun goneOn(String since, String java) {
        later.put(since, environment.deepCopy().put("started", since));
        later.get(since).withObject("/host").put("java", java);
        rows.replaceAll(row -> {
            List<ForkRun> runs = new ArrayList<>(row.runs());
            ForkRun last = runs.remove(runs.size() - 1);
            runs.add(new ForkRun(last.round(), last.place(), since, last.seconds(), since, null, null));
            return changed(row, "runs", runs);
        });
        return this;
    }

    private static CellRow changed(CellRow row, String field, Object value) {
        ObjectNode json = JSON.valueToTree(row);
        json.putPOJO(field, value);
        return JSON.convertValue(json, CellRow.class);
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

    private static Map<String, String> params(int seed) {
        return new TreeMap<>(Map.of("model", "tiny", "backend", "onnx", "decoding", "cached", "seed", String.valueOf(seed)));
    }

    /** Writes the folder. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("environment.json"), environment.toPrettyString());
        for (Map.Entry<String, ObjectNode> environmentThen : later.entrySet()) {
            Path file = folder.resolve("environments").resolve(environmentThen.getKey().replace(":", "") + ".json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, environmentThen.getValue().toPrettyString());
        }
        Files.writeString(folder.resolve("run.log"), "[1/1] SamplingBenchmark.sample\n");
        List<String> journal = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        for (CellRow row : rows) {
            journal.add(JSON.writeValueAsString(old ? changed(row, "measured", null) : row));
            List<JsonNode> results = forks.get(row.number() - 1);
            for (int i = 0; i < results.size(); i++) {
                ended.add(JSON.writeValueAsString(new ForkRow(row.number(), row.runs().get(i), Outcome.OK, "", null, null, results.get(i))));
            }
            if (!results.isEmpty()) {
                Files.writeString(folder.resolve("logs/%03d.log".formatted(row.number())), "# Run complete\n");
            }
            if (old && !results.isEmpty()) {
                Path file = Files.createDirectories(folder.resolve("cells")).resolve("%03d.json".formatted(row.number()));
                Files.writeString(file, "[" + JmhResults.merged(results).toPrettyString() + "]");
            }
        }
        Files.write(folder.resolve("journal.jsonl"), journal);
        if (!old) {
            Files.write(folder.resolve("forks.jsonl"), ended);
        }
        return folder;
    }
}
