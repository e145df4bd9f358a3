package io.notagenbench.profiler;

import java.util.List;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/** Main memory of the process: before anything is loaded, and the most of an iteration, which the kernel keeps itself. */
final class RssMeter implements IterationMeter {

    private static final double MIB = 1 << 20;

    private final ResidentMemory memory;
    private long baseline = -1;

    RssMeter(ResidentMemory memory) {
        this.memory = memory;
    }

    @Override
    public void begin() {
        if (baseline < 0) {
            baseline = memory.now();
        }
        memory.forgetPeak();
    }

    /** The kernel misses no peak. */
    @Override
    public void sample() {
        // nothing to read before the end
    }

    @Override
    public List<ScalarResult> end(long ops, OptionalDouble patches) {
        return List.of(new ScalarResult("rss.baseline", baseline / MIB, "MiB", AggregationPolicy.MIN),
                new ScalarResult("rss.peak", memory.peak() / MIB, "MiB", AggregationPolicy.MAX));
    }
}
