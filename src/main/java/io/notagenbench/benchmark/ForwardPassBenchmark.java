package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.PatchState;
import io.notagenbench.benchmark.state.PrefillState;
import io.notagenbench.benchmark.state.StepState;
import io.notagenbench.params.Stage;
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
 * What does the model itself cost, without sampling? The patch level runs over a whole context (prefill) or adds one
 * patch; the char level runs once for each character. Together with {@link PatchDecodingBenchmark} they make up the
 * time of a piece.
 * {@code java -jar benchmarks.jar Forward -p context=16,64,256 -p threads=1,2}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Engines settle in their first calls; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForwardPassBenchmark {

    /**
     * The patch level over a context of n patches at once, as after the prompt and after every stream cut. A cached
     * piece pays this for a cut; a recomputed piece pays it for every patch. Returns the hidden state of the newest
     * patch, {@code [H]}.
     */
    @Benchmark
    public float[] prefill(PrefillState state) {
        return state.prefill();
    }

    /**
     * The patch level for one more patch, at a context of n patches: a cache runs the newest patch alone, recomputation
     * all n. Over n it shows how the cost grows with the context window, and what a smaller patchLength could save.
     * Returns the number of patches in the context.
     */
    @Benchmark
    @Stage.Measured(Stage.PATCH_STEP)
    public int patchStep(StepState state) {
        return state.step();
    }

    /**
     * The char level for one character: the mean over the 16 places of a patch. A piece has about ten of these steps
     * for each step of the patch level, so a cached piece spends most of its time here. Returns the logits of the last
     * step.
     */
    @Benchmark
    @Stage.Measured(Stage.CHAR_STEP)
    @OperationsPerInvocation(16)
    public float[] charStep(PatchState state) {
        return state.sixteenSteps();
    }
}
