package io.notagenbench.profiler;

import io.notagenbench.device.cuda.NvmlDevice;
import io.notagenbench.results.ProfilerMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Memory of the card: what was taken before this process was there, and the most that was taken in an iteration. The
 * allocators of the engines keep what they have once had, so a peak between two readings is seen by the next, and what
 * the process holds at the end of an iteration is the most that it held.
 */
final class VramMeter implements IterationMeter {

    private static final int NOT_YET = -1;

    private final WatchedCard card;
    private final long pid;
    private final OptionalLong predicted;
    private long peak;
    private int samples;

    /**
     * @param pid       number of this process
     * @param predicted bytes that the model is predicted to add; empty where none is on the card
     */
    VramMeter(WatchedCard card, long pid, OptionalLong predicted) {
        this.card = card;
        this.pid = pid;
        this.predicted = predicted;
    }

    @Override
    public void begin() {
        peak = NOT_YET;
        samples = 0;
    }

    @Override
    public void sample() {
        card.now().flatMap(NvmlDevice::memory).ifPresent(memory -> {
            peak = Math.max(peak, memory.usedBytes());
            samples++;
        });
    }

    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        if (peak == NOT_YET) {
            return List.of();
        }
        List<ScalarResult> results = new ArrayList<>(List.of(ProfilerMetric.VRAM_PEAK.ofBytes(peak),
                new ScalarResult("vram.samples", samples, "#", AggregationPolicy.SUM)));
        card.beforehand().ifPresent(memory -> {
            results.add(ProfilerMetric.VRAM_BASELINE.ofBytes(memory.usedBytes()));
            results.add(ProfilerMetric.VRAM_ADDED.ofBytes(peak - memory.usedBytes()));
        });
        // asked once, since the list is dear; in a container the driver knows this process by another number
        card.now().flatMap(NvmlDevice::processes).orElse(List.of()).stream().filter(process -> process.pid() == pid)
                .flatMapToLong(process -> process.bytes().stream()).findFirst()
                .ifPresent(bytes -> results.add(ProfilerMetric.VRAM_PROCESS.ofBytes(bytes)));
        predicted.ifPresent(bytes -> results.add(ProfilerMetric.VRAM_PREDICTED.ofBytes(bytes)));
        return results;
    }
}
