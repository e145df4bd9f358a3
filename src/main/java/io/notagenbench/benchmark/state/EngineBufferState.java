package io.notagenbench.benchmark.state;

import io.notagenbench.engine.DeviceOwner;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Defaults;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A buffer in an engine's memory, filled with 1 and -1 at random. Every partial sum is a small whole number, which fp32
 * holds exactly in any order, so a part that is left out changes the sum.
 */
@State(Scope.Benchmark)
public class EngineBufferState extends BufferParameters {

    /** Half a MiB, so that half of any buffer is a whole number of chunks. */
    private static final int CHUNK = 1 << 17;

    /** The inference engine; by default each of them. */
    @Param
    public Backend backend;

    /** The device whose memory has the buffer; {@code onnx} has none on a card. */
    @Param(Defaults.DEVICE)
    public String device;

    private DeviceOwner owner;
    private long bytes;
    private ReadBuffer memory;

    /**
     * Fills the buffer and compares the engine's sum with the exact one.
     *
     * @throws Fault (failed) if there is too little memory, or beginning with {@code WRONG_OUTPUT} if the sums differ
     */
    @Setup(Level.Trial)
    public void open() {
        EngineSettings settings = settings();
        bytes = super.bytes();
        BufferSize.requireFree(settings.device(), size(), bytes);
        owner = DeviceOwner.of(settings, bytes);
        memory = owner.load(() -> RooflineProbes.of(settings.backend()).readBuffer(settings, bytes / Float.BYTES));
        Placement.announce(settings.device(), owner.place());
        requireSum(fill(memory, bytes / Float.BYTES, 1), sum());
    }

    /** Fills a buffer with 1 and -1 at random; returns their sum. */
    static long fill(ReadBuffer memory, long elements, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] chunk = new float[CHUNK];
        long sum = 0;
        for (long first = 0; first < elements; first += CHUNK) {
            sum += fill(chunk, random);
            memory.write(first, FloatBuffer.wrap(chunk));
        }
        return sum;
    }

    /** Fills an array with 1 and -1 at random; returns their sum. */
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
            throw Fault.failed(Outcome.WRONG_OUTPUT, "the buffer that is to be timed adds up to " + actual
                    + ", not to " + expected);
        }
    }

    /** Returns the sum of all elements, computed by the engine. */
    public float sum() {
        return memory.sum();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** Bytes that a call reads, or reads and writes within the device. */
    public long movedBytes() {
        return bytes * memory.repetitions();
    }

    @TearDown(Level.Trial)
    public void close() {
        memory.close();
        owner.close();
    }
}
