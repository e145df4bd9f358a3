package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.PatchState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the char level costs for one character, the mean over the 16 places in a patch, without sampling. A piece has
 * about ten of these steps for each step of the patch level, so this is where most of a cached piece goes.
 * {@code java -jar benchmarks.jar CharStep -p threads=1,2}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Engines settle in their first calls; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CharStepBenchmark {

    /** Returns the logits that the last of the 16 steps wrote. */
    @Benchmark
    @OperationsPerInvocation(16)
    public float[] step(PatchState state) {
        return state.sixteenSteps();
    }
}
