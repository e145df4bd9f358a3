package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.HitState;
import io.notagenbench.benchmark.state.MissState;
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
 * What does a service add to a piece? One client waits for the stream of a piece of one patch: one that the cache has, in
 * the memory of the service or in a Redis, and one that the engine writes. The service is a process of its own.
 * {@code java -jar benchmarks.jar ServiceBenchmark -p backend=onnx}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Timeout(time = 10, timeUnit = TimeUnit.MINUTES)
public class ServiceBenchmark {

    /** Returns what the service says of the origin. */
    @Benchmark
    public String hit(HitState state) {
        return state.ask();
    }

    /** Returns what the service says of the origin. */
    @Benchmark
    public String miss(MissState state) {
        return state.ask();
    }
}
