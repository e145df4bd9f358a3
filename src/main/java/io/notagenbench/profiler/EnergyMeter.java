package io.notagenbench.profiler;

import io.notagenbench.results.ProfilerMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Energy from a hardware counter: for an iteration, an operation and a patch, and the idle power. Idle power is
 * measured before the first iteration in which the counter has a value. The counter of a processor has one at once,
 * when nothing is loaded yet. That of a card has one only after the process took the card, so idle power includes the
 * open context, which also draws tens of watts during the work. The iteration in which the card was taken has no
 * result.
 */
final class EnergyMeter implements IterationMeter {

    /** Long enough for a counter that is renewed some ten times a second. */
    static final long IDLE_NANOS = 2_000_000_000L;

    private static final double MILLI = 1e3;
    private static final double NANO = 1e9;

    private final ProfilerMetric perOperation;
    private final String name;
    private final Supplier<OptionalLong> millijoules;
    private final Supplier<OptionalLong> milliwatts;
    private final LongSupplier nanos;
    private final LongConsumer wait;
    private double idleWatts = -1;
    private OptionalLong begunMillijoules;
    private long begunNanos;
    private OptionalLong peakMilliwatts;

    /**
     * @param perOperation its first word begins the names of the other results
     * @param millijoules  the counter, empty while the card does not report it
     * @param milliwatts   the power at this moment, empty if the card reports only the counter
     * @param nanos        a clock
     * @param wait         waits for this many nanoseconds, or fewer
     */
    EnergyMeter(ProfilerMetric perOperation, Supplier<OptionalLong> millijoules, Supplier<OptionalLong> milliwatts,
            LongSupplier nanos, LongConsumer wait) {
        this.perOperation = perOperation;
        this.name = perOperation.profiler();
        this.millijoules = millijoules;
        this.milliwatts = milliwatts;
        this.nanos = nanos;
        this.wait = wait;
    }

    @Override
    public void begin() {
        if (idleWatts < 0 && start()) {
            for (long left = IDLE_NANOS; left > 0; left = IDLE_NANOS - (nanos.getAsLong() - begunNanos)) {
                wait.accept(left);
            }
            idleWatts = joules() / seconds();
        }
        start();
    }

    /** Whether the counter has a value. */
    private boolean start() {
        peakMilliwatts = OptionalLong.empty();
        begunMillijoules = millijoules.get();
        begunNanos = nanos.getAsLong();
        return begunMillijoules.isPresent();
    }

    private double joules() {
        return (millijoules.get().orElseThrow() - begunMillijoules.getAsLong()) / MILLI;
    }

    private double seconds() {
        return (nanos.getAsLong() - begunNanos) / NANO;
    }

    /** Without readings in between, peak power and an overflow of the counter would be missed. */
    @Override
    public void sample() {
        OptionalLong now = milliwatts.get();
        if (now.isPresent()) {
            peakMilliwatts = OptionalLong.of(Math.max(peakMilliwatts.orElse(0), now.getAsLong()));
        } else {
            millijoules.get();
        }
    }

    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        if (begunMillijoules.isEmpty()) {
            return List.of();
        }
        double joules = joules();
        double seconds = seconds();
        List<ScalarResult> results = new ArrayList<>(List.of(
                new ScalarResult(name + ".total", joules, "J", AggregationPolicy.SUM),
                new ScalarResult(name + ".power", joules / seconds, "W", AggregationPolicy.AVG),
                new ScalarResult(name + ".idle", idleWatts, "W", AggregationPolicy.AVG)));
        peakMilliwatts.ifPresent(peak -> results.add(new ScalarResult(name + ".power.max", peak / MILLI, "W",
                AggregationPolicy.MAX)));
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
