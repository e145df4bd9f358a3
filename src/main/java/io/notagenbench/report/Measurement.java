package io.notagenbench.report;

import io.notagenbench.results.CellRow;
import io.notagenbench.results.CounterReader;
import io.notagenbench.results.Measured;
import io.notagenbench.results.ProfilerMetric;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was measured of one cell.
 *
 * @param benchmark class and method
 * @param params    value by name
 * @param measured  what its forks gave
 */
record Measurement(String benchmark, Map<String, String> params, Measured measured) {

    static Measurement of(CellRow row, Measured measured) {
        return new Measurement(row.cell().shortName(), row.params(), measured);
    }

    /** Iterations of all forks. */
    int samples() {
        return measured.count();
    }

    /** JMH's score: the mean of all samples. */
    double score() {
        return measured.score();
    }

    /** Half of JMH's 99.9% confidence interval; NaN where there are too few samples. */
    double error() {
        return measured.error();
    }

    /** The mean of each counter over all iterations, NaN where there is none. JMH's own score is their sum. */
    <T> T mean(Class<T> counters) {
        return CounterReader.read(counters, name -> measured.mean(name).orElse(Double.NaN));
    }

    /** The largest value of each counter, NaN where there is none. */
    <T> T largest(Class<T> counters) {
        return CounterReader.read(counters, name -> measured.largest(name).orElse(Double.NaN));
    }

    /** The mean of what a profiler measured over all iterations, empty where it did not. */
    OptionalDouble mean(ProfilerMetric metric) {
        return measured.mean(metric.label());
    }

    /** The largest value that a profiler measured in an iteration, empty where it did not. */
    OptionalDouble largest(ProfilerMetric metric) {
        return measured.largest(metric.label());
    }

    String param(String name) {
        return params.getOrDefault(name, "");
    }

    /** The score of one operation in milliseconds. */
    double milliseconds() {
        return score() * perMillisecond(measured.unit());
    }

    /** The error in milliseconds. */
    double errorMilliseconds() {
        return error() * perMillisecond(measured.unit());
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
