package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.LogitsState;
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
 * What does sampling alone cost: softmax, top-k, top-p, temperature and the draw of one character, from logits of real
 * music? No engine takes part, so this is the share of a patch that no faster engine can take away.
 * {@code java -jar benchmarks.jar Sampling -p topK=0,1,9,15 -p temperature=0.8,1.0,1.2}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Bytecode is compiled within the first second; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SamplingBenchmark {

    /** Returns the sum of the ids drawn. */
    @Benchmark
    @OperationsPerInvocation(LogitsState.ROWS)
    public int sample(LogitsState state) {
        return state.drawAll();
    }
}
