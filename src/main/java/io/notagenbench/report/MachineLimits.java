package io.notagenbench.report;

import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the machine was measured to give at most, from the rows of RooflineBenchmark: of all means the fastest, and of its
 * iterations the best, since whatever else runs can only slow one down. A buffer as small as a cache gives the bandwidth
 * of the cache: for what a decoder reads again and again the buffer of the nearest size counts.
 *
 * @param rows          those of RooflineBenchmark
 * @param physicalCores what {@code threads=0} stands for; 0 where it is not known
 */
record MachineLimits(List<Measurement> rows, int physicalCores) {

    private static final String PREFIX = "RooflineBenchmark.";
    private static final String TRAFFIC = "gigabytes";
    private static final String ARITHMETIC = "gigaoperations";

    MachineLimits {
        rows = List.copyOf(rows);
    }

    static MachineLimits of(Measurements measurements, int physicalCores) {
        return new MachineLimits(measurements.all().stream().filter(row -> row.benchmark().startsWith(PREFIX)).toList(),
                physicalCores);
    }

    /** Whether a row is one of read bandwidth. */
    static boolean isTraffic(Measurement row) {
        return row.counters().containsKey(TRAFFIC);
    }

    /** The best iteration of a row: 10<sup>9</sup> bytes or operations a second. */
    static double best(Measurement row) {
        return row.largest(isTraffic(row) ? TRAFFIC : ARITHMETIC).orElseThrow();
    }

    /** The mean of its iterations. */
    static double mean(Measurement row) {
        return row.mean(isTraffic(row) ? TRAFFIC : ARITHMETIC).orElseThrow();
    }

    /**
     * What reads fastest with the threads of a row.
     *
     * @param bytes that are read again and again
     */
    Optional<Measurement> bandwidth(Measurement of, double bytes) {
        List<Measurement> sameThreads = rows.stream().filter(row -> isTraffic(row) && threads(row).equals(threads(of)))
                .toList();
        return sameThreads.stream().min(Comparator.comparingDouble(row -> Math.abs(Math.log(bytes / buffer(row)))))
                .flatMap(nearest -> sameThreads.stream().filter(row -> buffer(row) == buffer(nearest))
                        .max(Comparator.comparingDouble(MachineLimits::best)));
    }

    private static double buffer(Measurement row) {
        return Double.parseDouble(row.params().getOrDefault(Parameter.BUFFER.label(), Defaults.BUFFER)) * (1 << 20);
    }

    /** What multiplies fastest with the threads and in the precision of a row. */
    Optional<Measurement> arithmetic(Measurement of) {
        return rows.stream().filter(row -> !isTraffic(row) && threads(row).equals(threads(of))
                        && precision(row).equals(precision(of)))
                .max(Comparator.comparingDouble(MachineLimits::best));
    }

    /** Whether a row of RooflineBenchmark sets a limit. */
    boolean isLimit(Measurement row) {
        return (isTraffic(row) ? bandwidth(row, buffer(row)) : arithmetic(row)).filter(row::equals).isPresent();
    }

    private String threads(Measurement row) {
        String threads = row.params().getOrDefault(Parameter.THREADS.label(), Defaults.THREADS);
        return threads.equals(Defaults.THREADS) ? String.valueOf(physicalCores) : threads;
    }

    private static String precision(Measurement row) {
        return row.params().getOrDefault(Parameter.PRECISION.label(), Defaults.PRECISION);
    }
}
