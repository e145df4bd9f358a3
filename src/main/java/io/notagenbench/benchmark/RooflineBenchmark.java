package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.ChainState;
import io.notagenbench.benchmark.state.DeviceBufferState;
import io.notagenbench.benchmark.state.EngineBufferState;
import io.notagenbench.benchmark.state.HeapBufferState;
import io.notagenbench.benchmark.state.MatrixState;
import io.notagenbench.benchmark.state.VectorState;
import io.notagenbench.results.RooflineCounters.Arithmetic;
import io.notagenbench.results.RooflineCounters.Launches;
import io.notagenbench.results.RooflineCounters.Traffic;
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
 * How fast can any decoder be on this machine? A decoder reads all its weights for every character. So the limits are
 * how fast memory is read, how fast the engines' own kernels multiply matrices, and how long a call of an engine and a
 * launch of an operator take (the roofline of Williams, Waterman and Patterson, 2009). Memory is read in several ways,
 * and the fastest is the limit. The metrics {@code gigabytes}, {@code gigaoperations} and {@code operators} are per
 * second.
 * {@code java -jar benchmarks.jar Roofline -p precision=fp32,bf16,int8 -p backend=pytorch}
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
// The best iteration is the limit: another process can only make one slower.
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Timeout(time = 30, timeUnit = TimeUnit.MINUTES)
public class RooflineBenchmark {

    /** Returns the sum of the buffer, added up in Java. */
    @Benchmark
    public long javaSum(HeapBufferState buffer, Traffic traffic) {
        traffic.add(buffer.bytes());
        return buffer.sum();
    }

    /** Copies one half of the buffer over the other, so that all of it is read or written; returns the last element. */
    @Benchmark
    public long javaCopy(HeapBufferState buffer, Traffic traffic) {
        traffic.add(buffer.bytes());
        return buffer.copy();
    }

    /** Returns the sum of the buffer, added up by the engine. */
    @Benchmark
    public float engineSum(EngineBufferState buffer, Traffic traffic) {
        traffic.add(buffer.movedBytes());
        return buffer.sum();
    }

    /** One row through linear layers that fill the buffer, as in a decode step; returns the row. */
    @Benchmark
    public float[] matrixVector(VectorState layers, Traffic traffic) {
        traffic.add(layers.bytes());
        return layers.forward();
    }

    /** Many rows through linear layers, as in a long prefill; returns the rows. */
    @Benchmark
    public float[] matrixMatrix(MatrixState layers, Arithmetic arithmetic) {
        arithmetic.add(layers.operations());
        return layers.forward();
    }

    /** Copies one half of a buffer over the other within the memory of the device; returns the last element. */
    @Benchmark
    public float deviceCopy(DeviceBufferState buffer, Traffic traffic) {
        traffic.add(buffer.movedBytes());
        return buffer.copy();
    }

    /** Copies a buffer from main memory, pageable as the engines' own is, to the device; returns the last element. */
    @Benchmark
    public float toDevice(DeviceBufferState buffer, Traffic traffic) {
        traffic.add(buffer.bytes());
        return buffer.toDevice();
    }

    /** Copies a buffer from the device to main memory; returns the last element. */
    @Benchmark
    public float toHost(DeviceBufferState buffer, Traffic traffic) {
        traffic.add(buffer.bytes());
        return buffer.toHost();
    }

    /** A call of the engine that launches one operator and waits for it; returns 1. */
    @Benchmark
    public float engineCall(ChainState chain, Launches launched) {
        launched.add(1);
        return chain.call();
    }

    /** A call of the engine with a thousand operators of one element, each after the other; returns their number. */
    @Benchmark
    public float launches(ChainState chain, Launches launched) {
        launched.add(ChainState.LONG);
        return chain.launches();
    }
}
