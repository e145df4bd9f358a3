package io.notagenbench.statistics;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * An interval for a mean that holds at every number of samples together, so that one may look after each sample and
 * stop for any reason. At n samples it is Student's interval at the level {@code 1 - a / ((n - 2) (n - 1))}, with
 * {@code a} = 0.05: these levels add up to {@code a} over all n from 3 on, so that all intervals hold with a
 * probability of at least 95 % (a union bound: Darling and Robbins, Confidence sequences for mean, variance, and
 * median, 1967; Howard, Ramdas, McAuliffe and Sekhon, Time-uniform, nonparametric, nonasymptotic confidence sequences,
 * 2021).
 *
 * @param mean of the samples
 * @param half half the width of the interval
 */
public record ConfidenceSequence(double mean, double half) {

    /** With fewer there is no interval. */
    public static final int LEAST = 3;

    /** @param samples independent, and normally distributed; empty if there are too few */
    public static Optional<ConfidenceSequence> of(double... samples) {
        int n = samples.length;
        if (n < LEAST) {
            return Optional.empty();
        }
        double level = (1 - Estimate.CONFIDENCE) / ((n - 2.0) * (n - 1));
        double t = new TDistribution(n - 1).inverseCumulativeProbability(1 - level / 2);
        return Optional.of(new ConfidenceSequence(StatUtils.mean(samples), t * Math.sqrt(StatUtils.variance(samples) / n)));
    }

    /** Half the width as a share of the mean. */
    public double relative() {
        return half / mean;
    }

    /** Whether both have a value in common: then neither mean is shown to be the larger. */
    public boolean overlaps(ConfidenceSequence other) {
        return Math.abs(mean - other.mean) <= half + other.half;
    }
}
