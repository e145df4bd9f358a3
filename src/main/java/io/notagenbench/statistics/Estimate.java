package io.notagenbench.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The mean of a benchmark, and how well the samples determine it. A field is null if there are too few samples for it.
 *
 * @param forks      processes that were measured
 * @param n          samples of all of them
 * @param mean       mean of the forks' means
 * @param sd         standard deviation of all samples
 * @param sdWithin   standard deviation of the samples of one fork, pooled over all forks
 * @param sdBetween  standard deviation of the forks' true means, without the part that the samples within explain
 * @param low        lower end of the interval
 * @param high       upper end of the interval
 * @param confidence confidence level of the interval: 0.95
 * @param basis      what the interval is taken over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(int forks, int n, double mean, Double sd, Double sdWithin, Double sdBetween, Double low,
        Double high, double confidence, Basis basis) {

    static final double CONFIDENCE = 0.95;

    /** What an interval is taken over. */
    public enum Basis {
        /** The means of two or more processes: the interval holds for the next process, too. */
        FORKS,
        /** As {@link #FORKS}, of a number of processes that follows from what they gave: {@link ConfidenceSequence}. */
        FORKS_UNTIL_DECIDED,
        /** The samples of one process: another process may be outside the interval. */
        ITERATIONS
    }

    /** @param confidence between 0 and 1 */
    static Estimate of(Samples samples, double confidence) {
        double[] all = samples.all();
        double[] means = samples.forkMeans();
        Basis basis = means.length > 1 ? Basis.FORKS : Basis.ITERATIONS;
        double mean = StatUtils.mean(means);
        double[] units = basis == Basis.FORKS ? means : all;
        Double half = units.length < 2 ? null : halfWidth(units, confidence);
        Double within = within(samples.forks());
        Double sd = all.length < 2 ? null : Math.sqrt(StatUtils.variance(all));
        return new Estimate(means.length, all.length, mean, sd, within,
                within == null ? null : between(samples, within), half == null ? null : mean - half,
                half == null ? null : mean + half, confidence, basis);
    }

    /** The same, where the number of forks follows from what they gave; without an interval where there are too few. */
    Estimate untilDecided(double... means) {
        if (basis == Basis.ITERATIONS) {
            return this;
        }
        Double half = ConfidenceSequence.of(means).map(ConfidenceSequence::half).orElse(null);
        return new Estimate(forks, n, mean, sd, sdWithin, sdBetween, half == null ? null : mean - half, half == null ? null : mean + half,
                confidence, Basis.FORKS_UNTIL_DECIDED);
    }

    private static double halfWidth(double[] units, double confidence) {
        double t = new TDistribution(units.length - 1).inverseCumulativeProbability((1 + confidence) / 2);
        return t * Math.sqrt(StatUtils.variance(units) / units.length);
    }

    private static Double within(List<List<Double>> forks) {
        double squares = 0;
        int freedom = 0;
        for (List<Double> fork : forks) {
            double mean = Samples.mean(fork);
            squares += fork.stream().mapToDouble(sample -> (sample - mean) * (sample - mean)).sum();
            freedom += fork.size() - 1;
        }
        return freedom == 0 ? null : Math.sqrt(squares / freedom);
    }

    /** Forks may have different numbers of samples, so n0 replaces their size. */
    private static Double between(Samples samples, double within) {
        int forks = samples.forks().size();
        if (forks < 2) {
            return null;
        }
        double grand = StatUtils.mean(samples.all());
        double total = 0;
        double squaredSizes = 0;
        double squares = 0;
        for (List<Double> fork : samples.forks()) {
            double off = Samples.mean(fork) - grand;
            squares += fork.size() * off * off;
            total += fork.size();
            squaredSizes += (double) fork.size() * fork.size();
        }
        double n0 = (total - squaredSizes / total) / (forks - 1);
        return Math.sqrt(Math.max(0, (squares / (forks - 1) - within * within) / n0));
    }
}
