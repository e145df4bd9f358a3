package io.notagenbench.load;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The histograms of a row by name: nanoseconds with three digits. */
final class Times {

    private static final int DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, Histogram> histograms = new LinkedHashMap<>();

    /** @param name without blanks, which the log of histograms cannot have in a tag */
    void add(String name, double millis) {
        histogram(name).recordValue(Math.max(0, Math.round(millis * NANOS_PER_MILLI)));
    }

    private Histogram histogram(String name) {
        return histograms.computeIfAbsent(name, tag -> {
            Histogram histogram = new Histogram(DIGITS);
            histogram.setTag(tag);
            return histogram;
        });
    }

    Quantiles of(String name) {
        return Quantiles.of(histogram(name));
    }

    /** The value at a share of all, also where there are too few for it to mean much. */
    double at(String name, double share) {
        return millis(histogram(name).getValueAtPercentile(100 * share));
    }

    /** Those that have values, each with its name as its tag. */
    Collection<Histogram> all() {
        return histograms.values().stream().filter(histogram -> histogram.getTotalCount() > 0).toList();
    }

    static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
