package io.notagenbench.benchmark;

import io.notagenbench.benchmark.state.ArithmeticCounter;
import io.notagenbench.benchmark.state.EngineBufferState;
import io.notagenbench.benchmark.state.HeapBufferState;
import io.notagenbench.benchmark.state.MatrixState;
import io.notagenbench.benchmark.state.TrafficCounter;
import io.notagenbench.benchmark.state.VectorState;
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
 * The roofline of this machine (Williams, Waterman and Patterson, 2009): how fast its memory is read, by several means of
 * which the fastest is the limit, and how fast the engines' own kernels multiply matrices in a precision. A decoder reads
 * all its weights for every character, so no decode step can be faster than these allow; {@code gigabytes} and
 * {@code gigaoperations} are a second. {@code java -jar benchmarks.jar Roofline -p precision=fp32,bf16,int8 -p backend=pytorch}
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
    public long javaSum(HeapBufferState buffer, TrafficCounter traffic) {
        traffic.add(buffer.bytes());
        return buffer.sum();
    }

    /** Copies one half of the buffer over the other, so all of it is read or written; returns the last element. */
    @Benchmark
    public long javaCopy(HeapBufferState buffer, TrafficCounter traffic) {
        traffic.add(buffer.bytes());
        return buffer.copy();
    }

    /** Returns the sum of the buffer, added up by the engine. */
    @Benchmark
    public float engineSum(EngineBufferState buffer, TrafficCounter traffic) {
        traffic.add(buffer.bytes());
        return buffer.sum();
    }

    /** One row through linear layers that fill the buffer, as in a decode step; returns the row. */
    @Benchmark
    public float[] matrixVector(VectorState layers, TrafficCounter traffic) {
        traffic.add(layers.bytes());
        return layers.forward();
    }

    /** Many rows through linear layers, as in a long prefill; returns the rows. */
    @Benchmark
    public float[] matrixMatrix(MatrixState layers, ArithmeticCounter arithmetic) {
        arithmetic.add(layers.operations());
        return layers.forward();
    }
}
