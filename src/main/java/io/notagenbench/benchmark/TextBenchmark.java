package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.TextState;
import io.notagenbench.params.Stage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the work on text cost, beside inference: encoding the context of a stream cut, decoding the patches of a
 * piece, putting its rests back?
 * {@code java -jar benchmarks.jar Text}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Bytecode is compiled within the first second; a second fork shows what differs from process to process.
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Stage.Measured(Stage.TEXT)
public class TextBenchmark {

    /** Returns the ids of the new context. */
    @Benchmark
    public int[] encode(TextState state) {
        return state.encode();
    }

    /** Returns the text of the piece. */
    @Benchmark
    public String decode(TextState state) {
        return state.decode();
    }

    /** Returns the final ABC. */
    @Benchmark
    public String restoreRests(TextState state) {
        return state.restoreRests();
    }
}
