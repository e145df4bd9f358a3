package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.BatchState;
import io.notagenbench.generate.Piece;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many pieces an hour does a queue give if {@code batch} of them are decoded together, and how long does each take
 * then, from the moment that it was asked for? The weights are read once for all of them, and each piece waits for the
 * others. With {@code device=cuda:0/cuda:1} a piece goes to whichever device has room, and counters show how that
 * scales. {@code java -jar benchmarks.jar Batch -p batch=1,2,4,8,16 -p backend=onnx}
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// One queue is one sample.
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Timeout(time = 60, timeUnit = TimeUnit.MINUTES)
public class BatchBenchmark {

    /** Returns the pieces. */
    @Benchmark
    public List<Piece> generate(BatchState state) {
        return state.generate();
    }
}
