package io.notagenbench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.statistics.Samples;
import io.notagenbench.statistics.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one cell gave.
 *
 * @param unit           JMH's unit
 * @param higherIsBetter whether the samples are rates, not times
 * @param samples        iterations by forks
 */
record Timing(String unit, boolean higherIsBetter, Samples samples) {

    /** From an element of JMH's JSON array; the modes that sample times keep histograms in the place of raw data. */
    static Timing of(JsonNode result) {
        JsonNode metric = result.get("primaryMetric");
        List<List<Double>> forks = new ArrayList<>();
        if (metric.has("rawDataHistogram")) {
            metric.get("rawDataHistogram").forEach(fork -> {
                List<Double> iterations = new ArrayList<>();
                fork.forEach(histogram -> iterations.add(mean(histogram)));
                forks.add(iterations);
            });
        } else {
            metric.path("rawData").forEach(fork -> {
                List<Double> iterations = new ArrayList<>();
                fork.forEach(iteration -> iterations.add(iteration.asDouble(Double.NaN)));
                forks.add(iterations);
            });
        }
        return new Timing(metric.get("scoreUnit").asText(), result.path("mode").asText().equals("thrpt"), new Samples(forks));
    }

    /** Of a list of values, each with how often it occurred. */
    private static double mean(JsonNode histogram) {
        double sum = 0;
        double count = 0;
        for (JsonNode bin : histogram) {
            sum += bin.get(0).asDouble() * bin.get(1).asDouble();
            count += bin.get(1).asDouble();
        }
        return sum / count;
    }

    /** These forks and those of another run of the same cell, in the same unit. */
    Timing and(Timing other) {
        List<List<Double>> all = new ArrayList<>(samples.forks());
        all.addAll(other.samples.forks());
        return new Timing(unit, higherIsBetter, new Samples(all));
    }

    boolean sameUnit(Timing other) {
        return unit.equals(other.unit) && higherIsBetter == other.higherIsBetter;
    }

    int forks() {
        return samples.forks().size();
    }

    /** Mean of the forks' means, in {@link #unit}. */
    double mean() {
        return Arrays.stream(samples.forkMeans()).average().orElseThrow();
    }

    /** Whether the samples still rose or fell. */
    boolean isTrending() {
        return samples.trend().state() == Trend.State.TRENDING;
    }

    /** The logarithm of the time that an operation takes, up to a constant of the unit: one for each fork. */
    double[] logTimes() {
        return Arrays.stream(samples.forkMeans()).map(mean -> higherIsBetter ? -Math.log(mean) : Math.log(mean)).toArray();
    }
}
