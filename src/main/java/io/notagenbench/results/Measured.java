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

/**
 * What the forks of a cell gave, out of JMH's own result.
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

    /**
     * One counter, or one reading of a profiler.
     *
     * @param unit    of all values
     * @param samples for each fork its iterations; NaN where there was nothing to read
     */
    public record Secondary(String unit, List<List<Double>> samples) {
    }

    /**
     * @param result an element of JMH's JSON array
     * @throws IllegalArgumentException if it has no sample
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

    private static String unit(JsonNode metric) {
        return metric.path("scoreUnit").asText();
    }

    private static List<List<Double>> forks(JsonNode metric) {
        List<List<Double>> forks = new ArrayList<>();
        for (JsonNode fork : metric.path("rawData")) {
            List<Double> samples = new ArrayList<>();
            fork.forEach(sample -> samples.add(sample.asDouble(Double.NaN)));
            forks.add(samples);
        }
        return forks;
    }
}
