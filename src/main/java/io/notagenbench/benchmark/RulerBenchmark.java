package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.RulerState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does this machine still run at the same speed? The same small work on any machine, without model or engine. A sweep
 * runs it before, between and after its rounds: if its times change, the machine has changed, and not what is measured.
 * {@code java -jar benchmarks.jar Ruler}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Short, since it runs often; its loops are compiled within the warmup.
@Fork(1)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class RulerBenchmark {

    /** Arithmetic on one core; returns the last element of a product. */
    @Benchmark
    public float compute(RulerState work) {
        return work.multiply();
    }

    /** Main memory, read by one core; returns a sum. */
    @Benchmark
    public long memory(RulerState work) {
        return work.read();
    }
}
