package io.notagenbench.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.HdrHistogram.Histogram;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * A distribution in milliseconds. A percentile is null where there are fewer than 10 requests beyond it.
 *
 * @param n   number of values
 * @param max the largest one; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Quantiles(@JsonProperty(required = true) long n, Quantile p50, Quantile p90, Quantile p99, Double max) {

    /** Of the percentiles, ascending. */
    static final double[] SHARES = {0.5, 0.9, 0.99};

    private static final double BEYOND = 10;
    private static final double TAIL = 0.025;

    /**
     * A percentile with its 95 % interval, which the ranks of the binomial distribution give.
     *
     * @param value in milliseconds
     */
    public record Quantile(@JsonProperty(required = true) double value, @JsonProperty(required = true) double low,
            @JsonProperty(required = true) double high) {
    }

    /** @param histogram of nanoseconds */
    static Quantiles of(Histogram histogram) {
        long n = histogram.getTotalCount();
        return new Quantiles(n, quantile(histogram, SHARES[0]), quantile(histogram, SHARES[1]), quantile(histogram, SHARES[2]),
                n == 0 ? null : Times.millis(histogram.getMaxValue()));
    }

    /** Whether there are enough values for a percentile. */
    static boolean isKnown(double share, long n) {
        return n * (1 - share) >= BEYOND - 1e-9;
    }

    private static Quantile quantile(Histogram histogram, double share) {
        int n = (int) histogram.getTotalCount();
        if (!isKnown(share, n)) {
            return null;
        }
        BinomialDistribution ranks = new BinomialDistribution(n, share);
        return new Quantile(at(histogram, share), at(histogram, (double) ranks.inverseCumulativeProbability(TAIL) / n),
                at(histogram, Math.min(1, (ranks.inverseCumulativeProbability(1 - TAIL) + 1.0) / n)));
    }

    private static double at(Histogram histogram, double share) {
        return Times.millis(histogram.getValueAtPercentile(share * 100));
    }
}
