package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.StepState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the patch level costs for one patch more, at a context of n patches: the newest one alone with a cache, all of
 * them without. Over n it shows how the cost of a patch grows with the context window, which is what a smaller
 * patchLength could save. {@code java -jar benchmarks.jar PatchStep -p context=16,64,256}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Engines settle in their first calls; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PatchStepBenchmark {

    /** Returns the patches in the context. */
    @Benchmark
    public int step(StepState state) {
        return state.step();
    }
}
