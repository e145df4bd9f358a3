package io.notagenbench.profiler;

import io.notagenbench.results.ProfilerMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Energy from a counter that the hardware keeps: in an iteration, for an operation and for a patch, and what is drawn when
 * nothing runs, measured before anything is loaded. The first iteration without warm-up holds the loading.
 */
final class EnergyMeter implements IterationMeter {

    /** Long enough for a counter that is renewed some ten times a second. */
    static final long IDLE_NANOS = 2_000_000_000L;

    private static final double MILLI = 1e3;
    private static final double NANO = 1e9;

    private final ProfilerMetric perOperation;
    private final String name;
    private final LongSupplier millijoules;
    private final LongSupplier milliwatts;
    private final LongSupplier nanos;
    private final LongConsumer wait;
    private double idleWatts = -1;
    private long begunMillijoules;
    private long begunNanos;
    private long peakMilliwatts;

    /**
     * @param perOperation its first word begins the names of the other results
     * @param millijoules  the counter
     * @param milliwatts   the power at this moment, or null where only the counter is told
     * @param nanos        a clock
     * @param wait         waits for so many nanoseconds, or fewer
     */
    EnergyMeter(ProfilerMetric perOperation, LongSupplier millijoules, LongSupplier milliwatts, LongSupplier nanos, LongConsumer wait) {
        this.perOperation = perOperation;
        this.name = perOperation.profiler();
        this.millijoules = millijoules;
        this.milliwatts = milliwatts;
        this.nanos = nanos;
        this.wait = wait;
    }

    @Override
    public void begin() {
        if (idleWatts < 0) {
            start();
            for (long left = IDLE_NANOS; left > 0; left = IDLE_NANOS - (nanos.getAsLong() - begunNanos)) {
                wait.accept(left);
            }
            idleWatts = joules() / seconds();
        }
        start();
    }

    private void start() {
        peakMilliwatts = 0;
        begunMillijoules = millijoules.getAsLong();
        begunNanos = nanos.getAsLong();
    }

    private double joules() {
        return (millijoules.getAsLong() - begunMillijoules) / MILLI;
    }

    private double seconds() {
        return (nanos.getAsLong() - begunNanos) / NANO;
    }

    /** Peak power would be missed, and so would a counter that begins anew. */
    @Override
    public void sample() {
        if (milliwatts == null) {
            millijoules.getAsLong();
        } else {
            peakMilliwatts = Math.max(peakMilliwatts, milliwatts.getAsLong());
        }
    }

    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        double joules = joules();
        double seconds = seconds();
        List<ScalarResult> results = new ArrayList<>(List.of(
                new ScalarResult(name + ".total", joules, "J", AggregationPolicy.SUM),
                new ScalarResult(name + ".power", joules / seconds, "W", AggregationPolicy.AVG),
                new ScalarResult(name + ".idle", idleWatts, "W", AggregationPolicy.AVG)));
        if (milliwatts != null) {
            results.add(new ScalarResult(name + ".power.max", peakMilliwatts / MILLI, "W", AggregationPolicy.MAX));
        }
        if (ops > 0) {
            results.add(perOperation.of(joules / ops));
            results.add(new ScalarResult(name + ".op.above.idle", (joules - idleWatts * seconds) / ops, "J/op",
                    AggregationPolicy.AVG));
        }
        if (patches.isPresent() && patches.getAsDouble() > 0) {
            results.add(new ScalarResult(name + ".patch", joules / patches.getAsDouble(), "J/patch", AggregationPolicy.AVG));
        }
        return results;
    }
}
