package io.notagenbench.results;

import java.lang.reflect.Field;
import java.util.function.ToDoubleFunction;

/**
 * Reads counters back into the class that a benchmark filled, such as {@link PieceCounters}. A field has the name of
 * its metric, so nobody else needs to know that name.
 */
public final class CounterReader {

    private static final String SECONDS = "Seconds";

    private CounterReader() {
    }

    /**
     * @param metric the value of a metric by its name; NaN where there is none
     * @return the counters; NaN in each that was not counted
     */
    public static <T> T read(Class<T> counters, ToDoubleFunction<String> metric) {
        try {
            T read = counters.getConstructor().newInstance();
            for (Field field : counters.getFields()) {
                field.setDouble(read, value(field.getName(), metric));
            }
            return read;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JMH asks for public counters with a public constructor", e);
        }
    }

    /** Older runs counted microseconds, or milliseconds of music, under names that end so. */
    private static double value(String name, ToDoubleFunction<String> metric) {
        double value = metric.applyAsDouble(name);
        if (!Double.isNaN(value) || !name.endsWith(SECONDS)) {
            return value;
        }
        String stem = name.substring(0, name.length() - SECONDS.length());
        double micros = metric.applyAsDouble(stem + "Micros");
        return Double.isNaN(micros) ? metric.applyAsDouble(stem + "Millis") / 1e3 : micros / 1e6;
    }
}
