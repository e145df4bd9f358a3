package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.statistics.Estimate;
import io.notagenbench.statistics.Samples;
import io.notagenbench.statistics.Trend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What the forks of a cell gave, out of JMH's own result. Nothing else reads JMH's raw data.
 *
 * @param mode      JMH's mode: {@code avgt}, {@code ss}, {@code thrpt}
 * @param unit      of all samples
 * @param samples   for each fork, in the order of the rounds, its iterations
 * @param estimate  what follows from them
 * @param trend     whether they had settled
 * @param secondary counters and profilers by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measured(String mode, String unit, List<List<Double>> samples, Estimate estimate, Trend trend,
        Map<String, Secondary> secondary) {

    private static final double JMH_CONFIDENCE = 0.999;
    private static final String HISTOGRAM = "rawDataHistogram";

    /**
     * One counter, or one reading of a profiler.
     *
     * @param unit    of all values
     * @param samples for each fork its iterations; NaN where there was nothing to read
     */
    public record Secondary(String unit, List<List<Double>> samples) {

        private DoubleStream all() {
            return samples.stream().flatMap(List::stream).mapToDouble(Double::doubleValue);
        }
    }

    /**
     * Reads JMH's result of a benchmark, of one fork or of several.
     *
     * @param result an element of JMH's JSON array
     * @throws IllegalArgumentException if it has no sample, or one is not a number
     */
    public static Measured of(JsonNode result) {
        JsonNode primary = result.path("primaryMetric");
        Samples samples = new Samples(forks(primary));
        Map<String, Secondary> secondary = new LinkedHashMap<>();
        result.path("secondaryMetrics").properties().forEach(metric ->
                secondary.put(metric.getKey(), new Secondary(unit(metric.getValue()), forks(metric.getValue()))));
        return new Measured(result.path("mode").asText(), unit(primary), samples.forks(), samples.estimate(), samples.trend(),
                secondary);
    }

    /** The same, where the number of forks follows from what they gave: its interval is wider. */
    public Measured untilDecided() {
        return new Measured(mode, unit, samples, new Samples(samples).estimateUntilDecided(), trend, secondary);
    }

    private static String unit(JsonNode metric) {
        return metric.path("scoreUnit").asText();
    }

    /** JMH's mode {@code sample} keeps a histogram for each iteration in the place of a number: the sample is its mean. */
    private static List<List<Double>> forks(JsonNode metric) {
        boolean histogram = metric.has(HISTOGRAM);
        List<List<Double>> forks = new ArrayList<>();
        for (JsonNode fork : metric.path(histogram ? HISTOGRAM : "rawData")) {
            List<Double> samples = new ArrayList<>();
            fork.forEach(sample -> samples.add(histogram ? mean(sample) : sample.asDouble(Double.NaN)));
            forks.add(samples);
        }
        return forks;
    }

    /** Of a list of values, each with how often it occurred. */
    private static double mean(JsonNode histogram) {
        double sum = 0;
        double count = 0;
        for (JsonNode bin : histogram) {
            sum += bin.path(0).asDouble() * bin.path(1).asDouble();
            count += bin.path(1).asDouble();
        }
        return sum / count;
    }

    /** Iterations of all forks. */
    public int count() {
        return samples.stream().mapToInt(List::size).sum();
    }

    /** JMH's score: the mean of all samples. */
    public double score() {
        return statistics().getMean();
    }

    /** Half of JMH's 99.9% confidence interval; NaN where there are too few samples. */
    public double error() {
        return statistics().getMeanErrorAt(JMH_CONFIDENCE);
    }

    private ListStatistics statistics() {
        return new ListStatistics(new Samples(samples).all());
    }

    /** The mean of a counter over all iterations, empty where there is none. JMH's own score would be their sum. */
    public OptionalDouble mean(String counter) {
        return values(counter).average();
    }

    /** The largest value of a counter, empty where there is none. */
    public OptionalDouble largest(String counter) {
        return values(counter).max();
    }

    private DoubleStream values(String counter) {
        Secondary values = secondary == null ? null : secondary.get(counter);
        return values == null ? DoubleStream.empty() : values.all();
    }
}
