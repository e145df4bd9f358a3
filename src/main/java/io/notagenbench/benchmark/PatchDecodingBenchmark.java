package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.PatchState;
import io.notagenbench.benchmark.state.RecordedPatchesState;
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
 * What does one whole patch cost, decoded from its hidden state: up to 16 steps of the char level with sampling, ended
 * by EOS? The mean over patches that represent a recorded piece. It shows whether temperature and top-k change the cost
 * of a patch or only its text; with {@link ForwardPassBenchmark#patchStep} it makes up the time of a patch.
 * {@code java -jar benchmarks.jar PatchDecoding -p work=four-voices -p temperature=1.0,1.2}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Engines settle in their first calls; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Stage.Measured(Stage.PATCH_DECODING)
public class PatchDecodingBenchmark {

    /** Returns the number of characters decided plus the sum of all ids drawn. */
    @Benchmark
    @OperationsPerInvocation(RecordedPatchesState.PATCHES)
    public int decode(PatchState state, RecordedPatchesState patches) {
        return patches.decode(state);
    }
}
