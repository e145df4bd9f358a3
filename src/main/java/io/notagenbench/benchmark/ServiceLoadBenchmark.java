package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.ScheduleState;
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
 * How long do the clients of a service wait at a rate of requests, and what does a cache save them? A sample is one seeded
 * schedule of requests, whose ramp is its warmup; the counters have what clients see, and the time is that of the schedule.
 * {@code java -jar benchmarks.jar ServiceLoadBenchmark -p backend=onnx -p rate=50%,90% -p cache=caffeine -p popularity=zipf:0.9:100}
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Timeout(time = 60, timeUnit = TimeUnit.MINUTES)
public class ServiceLoadBenchmark {

    /** Returns the number of requests. */
    @Benchmark
    public int schedule(ScheduleState state) {
        return state.send();
    }
}
