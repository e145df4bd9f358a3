package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.PatchState;
import io.notagenbench.benchmark.state.PatchWorkState;
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
 * Decoding of one whole patch from its hidden state: char-level steps and sampling, up to 16 characters, ended by EOS as
 * the decoding does; the mean over patches that stand for a recorded piece. With PatchStep it makes up the time of a
 * patch, and it shows whether temperature and top-k change the cost of a patch or only its text.
 * {@code java -jar benchmarks.jar PatchDecoding -p work=four-voices -p temperature=1.0,1.2}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Engines settle in their first calls; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PatchDecodingBenchmark {

    /** Returns the number of characters decided plus the sum of all ids drawn. */
    @Benchmark
    @OperationsPerInvocation(PatchWorkState.PATCHES)
    public int decode(PatchState state, PatchWorkState patches) {
        return patches.decode(state);
    }
}
