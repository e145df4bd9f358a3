package io.notagenbench.report;

import io.notagenbench.results.CounterReader;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;

/** Secondary metrics as JMH writes them for counters that a benchmark filled. */
final class Counted {

    private Counted() {
    }

    /** The metrics of one sample: those that {@code fill} sets. */
    static <T> Map<String, List<Double>> of(Class<T> counters, Consumer<T> fill) {
        return of(counters, 1, fill);
    }

    /** The metrics of some samples that are alike. */
    static <T> Map<String, List<Double>> of(Class<T> counters, int samples, Consumer<T> fill) {
        return each(counters, (counted, value) -> fill.accept(counted), Collections.nCopies(samples, 0.0));
    }

    /** The metrics of a sample for each value. */
    static <T> Map<String, List<Double>> each(Class<T> counters, ObjDoubleConsumer<T> fill, List<Double> values) {
        Map<String, List<Double>> metrics = new LinkedHashMap<>();
        for (double value : values) {
            T counted = CounterReader.read(counters, name -> Double.NaN);
            fill.accept(counted, value);
            for (Field field : counters.getFields()) {
                double set = get(field, counted);
                if (!Double.isNaN(set)) {
                    metrics.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(set);
                }
            }
        }
        return metrics;
    }

    private static double get(Field field, Object counted) {
        try {
            return field.getDouble(counted);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
