package io.notagenbench.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Whether the samples of a fork rise or fall from first to last.
 *
 * @param state   whether the benchmark had settled; {@code verdict} on disk
 * @param p       probability that samples without a trend look like this; null if there are too few to reject one
 * @param drift   change from the first sample of a fork to its last, as a share of the mean; 0 for single samples
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trend(@JsonProperty("verdict") State state, Double p, double drift) {

    /** Largest p of a trend. */
    static final double SIGNIFICANCE = 0.05;

    /** A smaller drift does not matter for any decision. */
    static final double NEGLIGIBLE = 0.01;

    /** Whether a benchmark had settled when it was measured. */
    public enum State {
        /** No trend, or one of less than 1 %. */
        STATIONARY,
        /** Still rising or falling: more warmup is needed. */
        TRENDING,
        /** Too few samples to tell. */
        UNKNOWN
    }

    static Trend of(Samples samples) {
        double score = 0;
        double most = 0;
        double variance = 0;
        double untied = 0;
        List<Double> slopes = new ArrayList<>();
        for (List<Double> fork : samples.forks()) {
            int n = fork.size();
            for (int later = 1; later < n; later++) {
                for (int earlier = 0; earlier < later; earlier++) {
                    score += Math.signum(fork.get(later) - fork.get(earlier));
                    slopes.add((fork.get(later) - fork.get(earlier)) / (later - earlier));
                }
            }
            most += n * (n - 1) / 2.0;
            untied += spread(n);
            variance += spread(n) - ties(fork).stream().mapToDouble(Trend::spread).sum();
        }
        double drift = drift(samples, slopes);
        if (most == 0 || probability(most, untied) >= SIGNIFICANCE) {
            return new Trend(State.UNKNOWN, null, drift);
        }
        double p = variance == 0 ? 1 : probability(score, variance);
        boolean trending = p < SIGNIFICANCE && Math.abs(drift) >= NEGLIGIBLE;
        return new Trend(trending ? State.TRENDING : State.STATIONARY, p, drift);
    }

    /** The variance of the score of n samples without a trend; n equal samples reduce it by the same amount. */
    private static double spread(long n) {
        return n * (n - 1) * (2 * n + 5) / 18.0;
    }

    private static List<Long> ties(List<Double> fork) {
        Map<Double, Long> counts = fork.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return List.copyOf(counts.values());
    }

    /** The two-sided p-value, with the correction for the discrete score. */
    private static double probability(double score, double variance) {
        double z = Math.max(0, Math.abs(score) - 1) / Math.sqrt(variance);
        return 2 * new NormalDistribution().cumulativeProbability(-z);
    }

    private static double drift(Samples samples, List<Double> slopes) {
        if (slopes.isEmpty()) {
            return 0;
        }
        double slope = new Median().evaluate(slopes.stream().mapToDouble(Double::doubleValue).toArray());
        double[] all = samples.all();
        double steps = (double) all.length / samples.forks().size() - 1;
        double mean = StatUtils.mean(all);
        return mean == 0 ? 0 : slope * steps / mean;
    }
}
