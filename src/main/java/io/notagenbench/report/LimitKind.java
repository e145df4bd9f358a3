package io.notagenbench.report;

import java.util.OptionalDouble;

/** What a row of RooflineBenchmark says of a machine. */
enum LimitKind {

    READ("read bandwidth", "gigabytes", "GB/s"),
    ARITHMETIC("matrix throughput", "gigaoperations", "GFLOP/s"),
    TO_DEVICE("main memory to device", "gigabytes", "GB/s"),
    TO_HOST("device to main memory", "gigabytes", "GB/s"),
    CALL("call and wait", "operators", "µs"),
    LAUNCH("launch of an operator", "operators", "µs");

    private static final double MICRO = 1e6;

    private final String words;
    private final String counter;
    private final String unit;

    LimitKind(String words, String counter, String unit) {
        this.words = words;
        this.counter = counter;
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
        return inUnit(row.largest(counter));
    }

    double mean(Measurement row) {
        return inUnit(row.mean(counter));
    }

    private double inUnit(OptionalDouble perSecond) {
        double value = perSecond.orElseThrow();
        return isTime() ? MICRO / value : value;
    }

    /** Whether less is better. */
    boolean isTime() {
        return this == CALL || this == LAUNCH;
    }
}
