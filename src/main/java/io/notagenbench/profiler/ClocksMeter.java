package io.notagenbench.profiler;

import io.notagenbench.device.cuda.NvmlDevice;
import io.notagenbench.device.cuda.ThrottleReason;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Clocks and temperature of the card in an iteration, and whether something slowed it down. Such an iteration is
 * flagged by {@code clocks.throttled}, the share of the readings that were slowed down, and by a line; it is never
 * dropped.
 */
final class ClocksMeter implements IterationMeter {

    private static final double PERCENT = 100;

    private final WatchedCard card;
    private final PrintStream out;
    private IntSummaryStatistics sm;
    private IntSummaryStatistics memory;
    private IntSummaryStatistics celsius;
    private Map<ThrottleReason, Integer> reasons;
    private int throttled;
    /** Number of readings in which the card reported why it is slowed down. */
    private int asked;

    /** @param out gets a line for each flagged iteration */
    ClocksMeter(WatchedCard card, PrintStream out) {
        this.card = card;
        this.out = out;
    }

    @Override
    public void begin() {
        sm = new IntSummaryStatistics();
        memory = new IntSummaryStatistics();
        celsius = new IntSummaryStatistics();
        reasons = new EnumMap<>(ThrottleReason.class);
        throttled = 0;
        asked = 0;
    }

    @Override
    public void sample() {
        card.now().ifPresent(this::read);
    }

    private void read(NvmlDevice device) {
        device.smMegahertz().ifPresent(sm);
        device.memoryMegahertz().ifPresent(memory);
        device.celsius().ifPresent(celsius);
        device.throttleReasons().ifPresent(mask -> {
            List<ThrottleReason> slowing = ThrottleReason.of(mask).stream().filter(ThrottleReason::slowsWorkDown).toList();
            slowing.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            throttled += slowing.isEmpty() ? 0 : 1;
            asked++;
        });
    }

    /** Returns the results; what the card does not report is left out. */
    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        List<ScalarResult> results = new ArrayList<>();
        if (sm.getCount() > 0) {
            results.add(new ScalarResult("clocks.sm", sm.getAverage(), "MHz", AggregationPolicy.AVG));
            results.add(new ScalarResult("clocks.sm.min", sm.getMin(), "MHz", AggregationPolicy.MIN));
            results.add(new ScalarResult("clocks.sm.max", sm.getMax(), "MHz", AggregationPolicy.MAX));
        }
        if (memory.getCount() > 0) {
            results.add(new ScalarResult("clocks.memory", memory.getAverage(), "MHz", AggregationPolicy.AVG));
        }
        if (celsius.getCount() > 0) {
            results.add(new ScalarResult("clocks.temperature", celsius.getMax(), "C", AggregationPolicy.MAX));
        }
        if (asked > 0) {
            results.add(new ScalarResult("clocks.throttled", share(throttled), "%", AggregationPolicy.MAX));
        }
        reasons.forEach((reason, times) -> results.add(new ScalarResult("clocks.throttled." + reason.label(), share(times),
                "%", AggregationPolicy.MAX)));
        if (throttled > 0) {
            out.println("The card was slowed down in this iteration: " + reasons.entrySet().stream()
                    .map(entry -> String.format(Locale.ROOT, "%s in %.0f %%", entry.getKey().label(), share(entry.getValue())))
                    .collect(Collectors.joining(", ")) + " of the readings.");
        }
        return results;
    }

    private double share(int times) {
        return PERCENT * times / asked;
    }
}
