package io.notagenbench.profiler;

import io.notagenbench.device.LoadedMemory;
import io.notagenbench.device.ResidentMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Main memory of the process: before anything is loaded, with the model, and the most while it was loaded and in an
 * iteration.
 */
final class RssMeter implements IterationMeter {

    private static final double MIB = 1 << 20;

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
        List<ScalarResult> results = new ArrayList<>(List.of(result("rss.baseline", baseline, AggregationPolicy.MIN),
                result("rss.peak", memory.peak(), AggregationPolicy.MAX)));
        loaded.get().ifPresent(model -> {
            results.add(result("rss.weights", model.weightBytes(), AggregationPolicy.MAX));
            results.add(result("rss.loaded", model.residentBytes(), AggregationPolicy.MAX));
            results.add(result("rss.loading.peak", model.peakBytes(), AggregationPolicy.MAX));
        });
        return results;
    }

    private static ScalarResult result(String label, long bytes, AggregationPolicy policy) {
        return new ScalarResult(label, bytes / MIB, "MiB", policy);
    }
}
