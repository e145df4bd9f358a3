package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.LoadState;
import io.notagenbench.engine.EngineSession;
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
 * How long does a cold start take: natives, weights and session, in a process that has done nothing before? The article
 * leaves loading out of its times, but a program that starts a process for each piece waits for it. Unpacking
 * natives for the first time on a machine is not part of it.
 * {@code java -jar benchmarks.jar ModelLoad -p model=tiny,large}
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Only the first load of a process is cold: every sample needs a fork of its own.
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Timeout(time = 30, timeUnit = TimeUnit.MINUTES)
public class ModelLoadBenchmark {

    /** Returns the session, ready for its first patch. */
    @Benchmark
    public EngineSession load(LoadState state) {
        return state.load();
    }
}
