package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.StretchState;
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
 * How long would a whole piece take with a model that is too slow to write it often? A few patches in a row out of the
 * middle of a recorded piece are decoded; {@link io.notagenbench.results.StretchCounters} has what makes a piece of
 * them. {@code java -jar benchmarks.jar Stretch -p model=large -p decoding=speculative}
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// One stretch is one sample: the same patches each time.
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Timeout(time = 60, timeUnit = TimeUnit.MINUTES)
public class StretchBenchmark {

    /** Returns the number of patches decoded. */
    @Benchmark
    public int decode(StretchState state) {
        return state.decode();
    }
}
