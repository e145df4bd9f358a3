package io.notagenbench.statistics;

import java.util.List;

/**
 * The samples of one benchmark with one setting.
 *
 * @param forks for each fork its samples, in the order in which they were taken
 */
public record Samples(List<List<Double>> forks) {

    /** @throws IllegalArgumentException if there are no samples, a fork has none, or a sample is not a finite number */
    public Samples {
        forks = forks.stream().map(List::copyOf).toList();
        if (forks.isEmpty()) {
            throw new IllegalArgumentException("there is no sample");
        }
        if (forks.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a fork has no sample");
        }
        if (forks.stream().flatMap(List::stream).anyMatch(sample -> !Double.isFinite(sample))) {
            throw new IllegalArgumentException("a sample is not a number");
        }
    }

    /** All samples, fork after fork. */
    public double[] all() {
        return forks.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
    }

    /** The mean of each fork. */
    public double[] forkMeans() {
        return forks.stream().mapToDouble(Samples::mean).toArray();
    }

    /** The mean with its 95 % confidence interval. */
    public Estimate estimate() {
        return Estimate.of(this, Estimate.CONFIDENCE);
    }

    /** As {@link #estimate()}, where whoever measured stopped at this number of forks because of what they gave. */
    public Estimate estimateUntilDecided() {
        return estimate().untilDecided(forkMeans());
    }

    /** Whether the samples of a fork still rise or fall. */
    public Trend trend() {
        return Trend.of(this);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
