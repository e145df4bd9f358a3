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
 * Memory of the card: what was taken before anything was loaded, and the most that was taken in an iteration. The
 * allocators of the engines keep what they have once had, so a peak between two readings is seen by the next.
 */
final class VramMeter implements IterationMeter {

    private final NvmlDevice card;
    private final long pid;
    private final OptionalLong predicted;
    private long baseline = -1;
    private long peak;
    private long ownPeak;
    private int samples;

    /**
     * @param pid       number of this process
     * @param predicted bytes that the model is predicted to add; empty where none is on the card
     */
    VramMeter(NvmlDevice card, long pid, OptionalLong predicted) {
        this.card = card;
        this.pid = pid;
        this.predicted = predicted;
    }

    @Override
    public void begin() {
        peak = 0;
        ownPeak = -1;
        samples = 0;
        if (baseline < 0) {
            baseline = card.memory().usedBytes();
        }
    }

    @Override
    public void sample() {
        peak = Math.max(peak, card.memory().usedBytes());
        card.processes().stream().filter(process -> process.pid() == pid && process.bytes().isPresent())
                .forEach(process -> ownPeak = Math.max(ownPeak, process.bytes().getAsLong()));
        samples++;
    }

    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        List<ScalarResult> results = new ArrayList<>(List.of(
                ProfilerMetric.VRAM_BASELINE.ofBytes(baseline),
                ProfilerMetric.VRAM_PEAK.ofBytes(peak),
                ProfilerMetric.VRAM_ADDED.ofBytes(peak - baseline),
                new ScalarResult("vram.samples", samples, "#", AggregationPolicy.SUM)));
        // in a container the driver knows this process by another number
        if (ownPeak >= 0) {
            results.add(ProfilerMetric.VRAM_PROCESS.ofBytes(ownPeak));
        }
        predicted.ifPresent(bytes -> results.add(ProfilerMetric.VRAM_PREDICTED.ofBytes(bytes)));
        return results;
    }
}
