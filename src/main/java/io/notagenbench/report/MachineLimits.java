package io.notagenbench.report;

import io.notagenbench.params.BufferBytes;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the machine was measured to give at most, from the rows of RooflineBenchmark: of all means the fastest, and of its
 * iterations the best, since whatever else runs can only slow one down. A buffer as small as a cache gives the bandwidth
 * of the cache: for what a decoder reads again and again the buffer of the nearest size counts.
 *
 * @param rows          those of RooflineBenchmark
 * @param physicalCores the cores that {@code threads=0} means; 0 where it is not known
 */
record MachineLimits(List<Measurement> rows, int physicalCores) {

    private static final String PREFIX = "RooflineBenchmark.";

    MachineLimits {
        rows = List.copyOf(rows);
    }

    static MachineLimits of(Measurements measurements, int physicalCores) {
        return new MachineLimits(measurements.all().stream().filter(row -> row.benchmark().startsWith(PREFIX) && Double.isFinite(best(row))).toList(),
                physicalCores);
    }

    /** The best iteration of a row: 10<sup>9</sup> bytes or operations a second, or the fewest microseconds. */
    static double best(Measurement row) {
        return LimitKind.of(row).best(row);
    }

    /**
     * What reads fastest on the device and with the threads of a row.
     *
     * @param bytes that are read again and again
     */
    Optional<Measurement> bandwidth(Measurement of, double bytes) {
        List<Measurement> alike = alike(LimitKind.READ, of).toList();
        return alike.stream().min(Comparator.comparingDouble(row -> Math.abs(Math.log(bytes / buffer(row)))))
                .flatMap(nearest -> alike.stream().filter(row -> buffer(row) == buffer(nearest))
                        .max(Comparator.comparingDouble(MachineLimits::best)));
    }

    private static double buffer(Measurement row) {
        return BufferBytes.of(Integer.parseInt(row.params().getOrDefault(Parameter.BUFFER.label(), Defaults.BUFFER)),
                value(row, Parameter.DEVICE));
    }

    /** What multiplies fastest on the device, with the threads and in the precision of a row. */
    Optional<Measurement> arithmetic(Measurement of) {
        return alike(LimitKind.ARITHMETIC, of)
                .filter(row -> value(row, Parameter.PRECISION).equals(value(of, Parameter.PRECISION)))
                .max(Comparator.comparingDouble(MachineLimits::best));
    }

    /** The microseconds that the engine of a row takes there for a kind of step; empty where it was not measured. */
    OptionalDouble micros(LimitKind step, Measurement of) {
        return alike(step, of).filter(row -> value(row, Parameter.BACKEND).equals(value(of, Parameter.BACKEND)))
                .mapToDouble(MachineLimits::best).min();
    }

    /** Rows of a kind on the device of a row and with its threads, which a card does not ask for. */
    private Stream<Measurement> alike(LimitKind kind, Measurement of) {
        String device = value(of, Parameter.DEVICE);
        return rows.stream().filter(row -> LimitKind.of(row) == kind && value(row, Parameter.DEVICE).equals(device))
                .filter(row -> !device.equals(Defaults.DEVICE) || threads(row).equals(threads(of)));
    }

    /** Whether a row of RooflineBenchmark sets a limit; each engine has its own calls and launches. */
    boolean isLimit(Measurement row) {
        return switch (LimitKind.of(row)) {
            case READ -> bandwidth(row, buffer(row)).filter(row::equals).isPresent();
            case ARITHMETIC -> arithmetic(row).filter(row::equals).isPresent();
            case TO_DEVICE, TO_HOST -> alike(LimitKind.of(row), row)
                    .max(Comparator.comparingDouble(MachineLimits::best)).filter(row::equals).isPresent();
            case CALL, LAUNCH -> micros(LimitKind.of(row), row).orElseThrow() == best(row);
        };
    }

    private String threads(Measurement row) {
        String threads = value(row, Parameter.THREADS);
        return threads.equals(Defaults.THREADS) ? String.valueOf(physicalCores) : threads;
    }

    private static String value(Measurement row, Parameter parameter) {
        return row.params().getOrDefault(parameter.label(), parameter.defaultValue());
    }
}
