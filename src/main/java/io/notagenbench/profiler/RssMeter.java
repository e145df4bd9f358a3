package io.notagenbench.profiler;

import io.notagenbench.device.LoadedMemory;
import io.notagenbench.device.ResidentMemory;
import io.notagenbench.results.ProfilerMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Main memory of the process: before anything is loaded, with the model, and the most while it was loaded and in an
 * iteration.
 */
final class RssMeter implements IterationMeter {

    private final ResidentMemory memory;
    private final Supplier<Optional<LoadedMemory>> loaded;
    private long baseline = -1;

    /** @param loaded what was said of the model that was loaded last */
    RssMeter(ResidentMemory memory, Supplier<Optional<LoadedMemory>> loaded) {
        this.memory = memory;
        this.loaded = loaded;
    }

    @Override
    public void begin() {
        if (baseline < 0) {
            baseline = memory.now();
        }
        memory.forgetPeak();
    }

    @Override
    public boolean isSampled() {
        return !memory.isPeakKept();
    }

    @Override
    public void sample() {
        memory.now();
    }

    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        List<ScalarResult> results = new ArrayList<>(List.of(ProfilerMetric.RSS_BASELINE.ofBytes(baseline),
                ProfilerMetric.RSS_PEAK.ofBytes(memory.peak())));
        loaded.get().ifPresent(model -> {
            results.add(ProfilerMetric.RSS_WEIGHTS.ofBytes(model.weightBytes()));
            results.add(ProfilerMetric.RSS_LOADED.ofBytes(model.residentBytes()));
            results.add(ProfilerMetric.RSS_LOADING_PEAK.ofBytes(model.peakBytes()));
        });
        return results;
    }
}
