package io.notagenbench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What one cell gave: one number for each fork.
 *
 * @param unit           JMH's unit
 * @param higherIsBetter whether the numbers are rates, not times
 * @param forkMeans      mean of the iterations of each fork
 */
record Samples(String unit, boolean higherIsBetter, List<Double> forkMeans) {

    Samples {
        forkMeans = List.copyOf(forkMeans);
    }

    /** From an element of JMH's JSON array; the modes that sample times keep histograms in the place of raw data. */
    static Samples of(JsonNode result) {
        JsonNode metric = result.get("primaryMetric");
        List<Double> means = new ArrayList<>();
        if (metric.has("rawDataHistogram")) {
            metric.get("rawDataHistogram").forEach(fork -> means.add(histogramMean(fork)));
        } else {
            metric.path("rawData").forEach(fork -> means.add(mean(fork)));
        }
        return new Samples(metric.get("scoreUnit").asText(), result.path("mode").asText().equals("thrpt"), means);
    }

    private static double mean(JsonNode iterations) {
        return StreamSupport.stream(iterations.spliterator(), false).mapToDouble(JsonNode::asDouble).average()
                .orElse(Double.NaN);
    }

    /** Each iteration is a list of values, each with how often it occurred. */
    private static double histogramMean(JsonNode iterations) {
        double sum = 0;
        double count = 0;
        for (JsonNode iteration : iterations) {
            for (JsonNode bin : iteration) {
                sum += bin.get(0).asDouble() * bin.get(1).asDouble();
                count += bin.get(1).asDouble();
            }
        }
        return sum / count;
    }

    /** These forks and those of another run of the same cell, in the same unit. */
    Samples and(Samples other) {
        List<Double> all = new ArrayList<>(forkMeans);
        all.addAll(other.forkMeans);
        return new Samples(unit, higherIsBetter, all);
    }

    boolean sameUnit(Samples other) {
        return unit.equals(other.unit) && higherIsBetter == other.higherIsBetter;
    }

    int forks() {
        return forkMeans.size();
    }

    /** Mean over the forks, in {@link #unit}. */
    double mean() {
        return forkMeans.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The logarithm of the time that an operation takes, up to a constant of the unit: one for each fork. */
    double[] logTimes() {
        return forkMeans.stream().mapToDouble(mean -> higherIsBetter ? -Math.log(mean) : Math.log(mean)).toArray();
    }
}
