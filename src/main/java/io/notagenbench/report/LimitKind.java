package io.notagenbench.report;

import io.notagenbench.results.RooflineCounters.Arithmetic;
import io.notagenbench.results.RooflineCounters.Launches;
import io.notagenbench.results.RooflineCounters.Traffic;
import java.util.function.ToDoubleFunction;

/** What a row of RooflineBenchmark says of a machine. */
enum LimitKind {

    READ("read bandwidth", counters -> counters.of(Traffic.class).gigabytes, "GB/s"),
    ARITHMETIC("matrix throughput", counters -> counters.of(Arithmetic.class).gigaoperations, "GFLOP/s"),
    TO_DEVICE("main memory to device", READ.perSecond, "GB/s"),
    TO_HOST("device to main memory", READ.perSecond, "GB/s"),
    CALL("call and wait", counters -> counters.of(Launches.class).operators, "µs"),
    LAUNCH("launch of an operator", CALL.perSecond, "µs");

    /** What was counted in a second, of some kind. */
    private interface Counted {

        <T> T of(Class<T> counters);
    }

    private static final double MICRO = 1e6;

    private final String words;
    private final ToDoubleFunction<Counted> perSecond;
    private final String unit;

    LimitKind(String words, ToDoubleFunction<Counted> perSecond, String unit) {
        this.words = words;
        this.perSecond = perSecond;
        this.unit = unit;
    }

    static LimitKind of(Measurement row) {
        return switch (row.benchmark().substring(row.benchmark().indexOf('.') + 1)) {
            case "matrixMatrix" -> ARITHMETIC;
            case "toDevice" -> TO_DEVICE;
            case "toHost" -> TO_HOST;
            case "engineCall" -> CALL;
            case "launches" -> LAUNCH;
            default -> READ;
        };
    }

    String words() {
        return words;
    }

    String unit() {
        return unit;
    }

    /** The best iteration of a row of this kind: another process can only make one slower. */
    double best(Measurement row) {
        return inUnit(row::largest);
    }

    double mean(Measurement row) {
        return inUnit(row::mean);
    }

    private double inUnit(Counted counted) {
        double value = perSecond.applyAsDouble(counted);
        return isTime() ? MICRO / value : value;
    }

    /** Whether less is better. */
    boolean isTime() {
        return this == CALL || this == LAUNCH;
    }
}
