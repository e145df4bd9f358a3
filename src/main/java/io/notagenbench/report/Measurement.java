package io.notagenbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.results.BenchmarkNames;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CounterReader;
import io.notagenbench.results.ProfilerMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What JMH found for one cell.
 *
 * @param benchmark class and method
 * @param params    value by name
 * @param score     mean of all samples
 * @param error     half of JMH's 99.9% confidence interval; NaN where there are too few samples
 * @param unit      unit of both
 * @param samples   iterations of all forks
 * @param secondary for each secondary metric, counters and profilers, its value in each iteration
 */
record Measurement(String benchmark, Map<String, String> params, double score, double error, String unit, int samples,
        Map<String, List<Double>> secondary) {

    /** From an element of JMH's JSON array. */
    static Measurement of(JsonNode result) {
        Map<String, String> params = new LinkedHashMap<>();
        result.path("params").properties().forEach(entry -> params.put(entry.getKey(), entry.getValue().asText()));
        Map<String, List<Double>> secondary = new LinkedHashMap<>();
        result.path("secondaryMetrics").properties()
                .forEach(entry -> secondary.put(entry.getKey(), raw(entry.getValue())));
        JsonNode metric = result.get("primaryMetric");
        return new Measurement(Cell.shortName(BenchmarkNames.current(result.get("benchmark").asText())), params,
                metric.get("score").asDouble(), metric.path("scoreError").asDouble(Double.NaN),
                metric.get("scoreUnit").asText(), raw(metric).size(), secondary);
    }

    private static List<Double> raw(JsonNode metric) {
        List<Double> values = new ArrayList<>();
        metric.path("rawData").forEach(fork -> fork.forEach(value -> values.add(value.asDouble())));
        return List.copyOf(values);
    }

    /** The mean of each counter over all iterations, NaN where there is none. JMH's own score is their sum. */
    <T> T mean(Class<T> counters) {
        return CounterReader.read(counters, name -> mean(name).orElse(Double.NaN));
    }

    /** The largest value of each counter, NaN where there is none. */
    <T> T largest(Class<T> counters) {
        return CounterReader.read(counters, name -> largest(name).orElse(Double.NaN));
    }

    /** The mean of what a profiler measured over all iterations, empty where it did not. */
    OptionalDouble mean(ProfilerMetric metric) {
        return mean(metric.label());
    }

    /** The largest value that a profiler measured in an iteration, empty where it did not. */
    OptionalDouble largest(ProfilerMetric metric) {
        return largest(metric.label());
    }

    private OptionalDouble mean(String metric) {
        return secondary.getOrDefault(metric, List.of()).stream().mapToDouble(Double::doubleValue).average();
    }

    private OptionalDouble largest(String metric) {
        return secondary.getOrDefault(metric, List.of()).stream().mapToDouble(Double::doubleValue).max();
    }

    String param(String name) {
        return params.getOrDefault(name, "");
    }

    /** The score of one operation in milliseconds. */
    double milliseconds() {
        return score * perMillisecond(unit);
    }

    /** The error in milliseconds. */
    double errorMilliseconds() {
        return error * perMillisecond(unit);
    }

    private static double perMillisecond(String unit) {
        return switch (unit) {
            case "s/op" -> 1e3;
            case "ms/op" -> 1;
            case "us/op" -> 1e-3;
            case "ns/op" -> 1e-6;
            default -> throw new IllegalArgumentException("no time for one operation: " + unit);
        };
    }
}
