package io.notagenbench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.document.Document;
import io.notagenbench.report.render.Markdown;
import io.notagenbench.results.Measured;
import io.notagenbench.results.PieceCounters;
import io.notagenbench.results.ProfilerMetric;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A results folder as sweep writes it, cell by cell. */
final class ResultsFolder {

    private static final ObjectMapper JSON = new ObjectMapper();

    final Path path;
    private int cells;

    ResultsFolder(Path path) {
        this.path = path;
        write("journal.jsonl", "");
    }

    /** A cell that has no result. */
    ResultsFolder cell(String benchmark, String params, String outcome, String reason) {
        return row(benchmark, params, outcome, reason, "");
    }

    /** A cell that is OK, with the inside of JMH's primary and secondary metrics. */
    ResultsFolder result(String benchmark, String params, String metric, String... counters) {
        try {
            Measured measured = Measured.of(JSON.readTree(element(benchmark, params, metric, counters)));
            return row(benchmark, params, "OK", "", ",\"measured\":" + JSON.writeValueAsString(measured));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as the oldest runs have it: the row does not say what was measured, JMH's result beside it does. */
    ResultsFolder oldResult(String benchmark, String params, String metric, String... counters) {
        cell(benchmark, params, "OK", "");
        return write("cells/%03d.json".formatted(cells), "[" + element(benchmark, params, metric, counters) + "]");
    }

    private static String element(String benchmark, String params, String metric, String... counters) {
        return """
                {"benchmark":"x.%s","mode":"avgt","params":{%s},"primaryMetric":{%s},"secondaryMetrics":{%s}}
                """.formatted(benchmark, params, metric, String.join(",", counters));
    }

    private ResultsFolder row(String benchmark, String params, String outcome, String reason, String more) {
        cells++;
        Path journal = path.resolve("journal.jsonl");
        return write("journal.jsonl", read(journal) + """
                {"number":%d,"benchmark":"x.%s","params":{%s},"jmh":{"f":"1"},"outcome":"%s","reason":"%s","seconds":2.0%s}
                """.formatted(cells, benchmark, params, outcome, reason, more));
    }

    ResultsFolder write(String name, String text) {
        try {
            Files.createDirectories(path.resolve(name).getParent());
            Files.writeString(path.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a profiler measured. */
    static String profiled(ProfilerMetric metric, String raw) {
        return counter(metric.label(), raw);
    }

    private static String counter(String name, String raw) {
        return "\"" + name + "\":{\"score\":0,\"scoreUnit\":\"#\",\"rawData\":[[" + raw + "]]}";
    }

    /** What FullPieceBenchmark counts for a piece. */
    static String[] pieceCounters(int samples) {
        return pieceCounters(samples, counted -> { });
    }

    /** What it counts for a piece that differs in what {@code fill} sets. */
    static String[] pieceCounters(int samples, Consumer<PieceCounters> fill) {
        return counters(samples, PieceCounters.class, counted -> {
            counted.patches = 10;
            counted.chars = 100;
            counted.bars = 7;
            counted.cuts = 0;
            counted.musicSeconds = 12;
            counted.firstPatchSeconds = 0.003;
            counted.firstBarSeconds = 0;
            counted.calls = 10;
            counted.contextPatches = 200;
            counted.prefills = 1;
            counted.prefillPatches = 3;
            fill.accept(counted);
        });
    }

    /** What a benchmark counts in some samples that are alike. */
    static <T> String[] counters(int samples, Class<T> counters, Consumer<T> fill) {
        return json(Counted.of(counters, samples, fill));
    }

    static String[] json(Map<String, List<Double>> metrics) {
        return metrics.entrySet().stream().map(metric -> counter(metric.getKey(),
                metric.getValue().stream().map(String::valueOf).collect(Collectors.joining(",")))).toArray(String[]::new);
    }

    /** Three samples around a mean, for which JMH gives this error: Student's t of two degrees of freedom at 99.9 % is 31.599. */
    static double[] around(double mean, double error) {
        double off = error * Math.sqrt(3) / 31.599;
        return new double[] {mean - off, mean, mean + off};
    }

    /** Samples of one fork in milliseconds. */
    static String time(double... samples) {
        return "\"scoreUnit\":\"ms/op\",\"rawData\":[" + Arrays.toString(samples) + "]";
    }

    RunFolder folder() {
        return new RunFolder(path);
    }

    Document report() {
        return Report.of(List.of(folder()));
    }

    /** The report as Markdown, without the blanks that align its tables. */
    String markdown() {
        return Markdown.of(report()).replaceAll(" +", " ");
    }
}
