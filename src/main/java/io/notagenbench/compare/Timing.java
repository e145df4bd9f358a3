package io.notagenbench.compare;

import io.notagenbench.results.Measured;
import io.notagenbench.statistics.Samples;
import io.notagenbench.statistics.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The times of one cell.
 *
 * @param unit           JMH's unit
 * @param higherIsBetter whether the samples are rates, not times
 * @param samples        iterations by forks
 */
record Timing(String unit, boolean higherIsBetter, Samples samples) {

    static Timing of(Measured measured) {
        return new Timing(measured.unit(), measured.mode().equals("thrpt"), new Samples(measured.samples()));
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
