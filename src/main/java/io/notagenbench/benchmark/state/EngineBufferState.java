package io.notagenbench.benchmark.state;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.fault.Fault;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A buffer in an engine's memory, filled with 1 and -1 at random: every partial sum is a small whole number, so fp32 has
 * it exactly in any order, and a part that was left out shows.
 */
@State(Scope.Benchmark)
public class EngineBufferState extends BufferParameters {

    private static final int CHUNK = 1 << 18;

    /** {@code pytorch} and {@code onnx}, side by side. */
    @Param({"pytorch", "onnx"})
    public String backend;

    private ReadBuffer memory;

    /**
     * Fills the buffer and compares the engine's sum with the exact one.
     *
     * @throws Fault (failed) if the memory is not there, or with {@code WRONG_OUTPUT} in front
     */
    @Setup(Level.Trial)
    public void open() {
        BufferSize.requireFree(size(), bytes());
        EngineSettings settings = settings();
        long elements = bytes() / Float.BYTES;
        memory = BackendProvider.of(settings.backend()).readBuffer(settings, elements);
        SplittableRandom random = new SplittableRandom(1);
        float[] chunk = new float[CHUNK];
        long expected = 0;
        for (long first = 0; first < elements; first += CHUNK) {
            expected += fill(chunk, random);
            memory.write(first, FloatBuffer.wrap(chunk));
        }
        requireSum(expected, sum());
    }

    /** Fills with 1 and -1 at random; returns their sum. */
    private static int fill(float[] chunk, SplittableRandom random) {
        int sum = 0;
        for (int i = 0; i < chunk.length; i += Long.SIZE) {
            long bits = random.nextLong();
            for (int bit = 0; bit < Long.SIZE; bit++) {
                chunk[i + bit] = (bits >>> bit & 1) == 0 ? -1 : 1;
            }
            sum += 2 * Long.bitCount(bits) - Long.SIZE;
        }
        return sum;
    }

    static void requireSum(long expected, float actual) {
        if (actual != expected) {
            throw Fault.failed("WRONG_OUTPUT: the buffer that is to be timed adds up to " + actual + ", not to " + expected);
        }
    }

    /** The engine's sum of all elements. */
    public float sum() {
        return memory.sum();
    }

    @TearDown(Level.Trial)
    public void close() {
        memory.close();
    }
}
