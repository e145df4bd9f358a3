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
 * @param state   what follows; {@code verdict} on disk
 * @param p       probability of so much order in samples that have none; null where no order would be improbable
 * @param drift   how much a sample changes from the first of a fork to its last, as a share of the mean; 0 for single samples
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trend(@JsonProperty("verdict") State state, Double p, double drift) {

    /** Below it a trend is taken for one. */
    static final double SIGNIFICANCE = 0.05;

    /** A smaller share of the mean is nothing that a decision hangs on. */
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

    /** The variance of the score of n samples without order; also what n equal ones take from it. */
    private static double spread(long n) {
        return n * (n - 1) * (2 * n + 5) / 18.0;
    }

    private static List<Long> ties(List<Double> fork) {
        Map<Double, Long> counts = fork.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return List.copyOf(counts.values());
    }

    /** Two-sided, with the score's step of one taken in. */
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
