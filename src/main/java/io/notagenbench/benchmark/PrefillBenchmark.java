package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.PrefillState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Prefill: the patch-level forward pass over a context of n patches at once, as after the prompt and after every stream
 * cut. It is what a cached piece pays for a cut, and it is the patch level of every recomputed patch.
 * {@code java -jar benchmarks.jar Prefill -p context=16,64,256}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Engines settle in their first calls; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrefillBenchmark {

    /** Returns the hidden state of the newest patch, {@code [H]}. */
    @Benchmark
    public float[] prefill(PrefillState state) {
        return state.prefill();
    }
}
