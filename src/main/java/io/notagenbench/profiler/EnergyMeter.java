package io.notagenbench.profiler;

import io.notagenbench.device.cuda.NvmlDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Energy of the card, from the counter that it keeps itself: in an iteration, for an operation and for a patch, and what
 * it draws when nothing runs, measured before anything is loaded. The first iteration without warm-up holds the loading.
 */
final class EnergyMeter implements CardMeter {

    /** Long enough for a counter that is renewed some ten times a second. */
    static final long IDLE_NANOS = 2_000_000_000L;

    private static final double MILLI = 1e3;
    private static final double NANO = 1e9;

    private final NvmlDevice card;
    private final LongSupplier nanos;
    private final LongConsumer wait;
    private double idleWatts = -1;
    private long begunMillijoules;
    private long begunNanos;
    private long peakMilliwatts;

    /**
     * @param nanos a clock
     * @param wait  waits for so many nanoseconds, or fewer
     */
    EnergyMeter(NvmlDevice card, LongSupplier nanos, LongConsumer wait) {
        this.card = card;
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
        begunMillijoules = card.energyMillijoules();
        begunNanos = nanos.getAsLong();
    }

    private double joules() {
        return (card.energyMillijoules() - begunMillijoules) / MILLI;
    }

    private double seconds() {
        return (nanos.getAsLong() - begunNanos) / NANO;
    }

    /** The card counts its energy by itself; only its peak power would be missed. */
    @Override
    public void sample() {
        peakMilliwatts = Math.max(peakMilliwatts, card.powerMilliwatts());
    }

    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        double joules = joules();
        double seconds = seconds();
        List<ScalarResult> results = new ArrayList<>(List.of(
                new ScalarResult("energy.total", joules, "J", AggregationPolicy.SUM),
                new ScalarResult("energy.power", joules / seconds, "W", AggregationPolicy.AVG),
                new ScalarResult("energy.power.max", peakMilliwatts / MILLI, "W", AggregationPolicy.MAX),
                new ScalarResult("energy.idle", idleWatts, "W", AggregationPolicy.AVG)));
        if (ops > 0) {
            results.add(new ScalarResult("energy.op", joules / ops, "J/op", AggregationPolicy.AVG));
            results.add(new ScalarResult("energy.op.above.idle", (joules - idleWatts * seconds) / ops, "J/op",
                    AggregationPolicy.AVG));
        }
        if (patches.isPresent() && patches.getAsDouble() > 0) {
            results.add(new ScalarResult("energy.patch", joules / patches.getAsDouble(), "J/patch", AggregationPolicy.AVG));
        }
        return results;
    }
}
