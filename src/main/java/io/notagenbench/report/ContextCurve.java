package io.notagenbench.report;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What a stage costs at a context of n patches: straight lines between the contexts that were measured. */
final class ContextCurve {

    private final TreeMap<Double, Double> points = new TreeMap<>();

    /** Adds a measured point. */
    void add(double context, double milliseconds) {
        points.put(context, milliseconds);
    }

    /**
     * The cost at a context in milliseconds; beyond the measured contexts the line of the nearest two goes on, and a
     * single point is all there is to know. Empty where nothing was measured.
     */
    OptionalDouble at(double context) {
        if (points.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (points.size() == 1) {
            return OptionalDouble.of(points.firstEntry().getValue());
        }
        Map.Entry<Double, Double> left = points.floorEntry(context);
        if (left == null) {
            left = points.firstEntry();
        }
        Map.Entry<Double, Double> right = points.higherEntry(left.getKey());
        if (right == null) {
            right = left;
            left = points.lowerEntry(right.getKey());
        }
        double slope = (right.getValue() - left.getValue()) / (right.getKey() - left.getKey());
        return OptionalDouble.of(left.getValue() + slope * (context - left.getKey()));
    }
}
