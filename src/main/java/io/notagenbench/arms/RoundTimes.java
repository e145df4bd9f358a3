package io.notagenbench.arms;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What each round took, in any unit.
 *
 * @param values one for each round, in their order
 */
record RoundTimes(List<Double> values) {

    RoundTimes {
        values = List.copyOf(values);
    }

    double median() {
        return median(values);
    }

    double fastest() {
        return Collections.min(values);
    }

    double slowest() {
        return Collections.max(values);
    }

    /**
     * How many times faster than a baseline: the median over the rounds, whose turns ran under the same conditions.
     */
    double ratioTo(RoundTimes baseline) {
        return median(IntStream.range(0, values.size())
                .mapToObj(round -> baseline.values.get(round) / values.get(round)).toList());
    }

    private static double median(List<Double> values) {
        return StatUtils.percentile(values.stream().mapToDouble(Double::doubleValue).toArray(), 50);
    }
}
