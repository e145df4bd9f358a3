package io.notagenbench.benchmark.state;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A buffer on the Java heap, with a slice for each thread. */
@State(Scope.Benchmark)
public class HeapBufferState extends BufferParameters {

    private ExecutorService pool;
    private List<long[]> slices;
    private long bytes;

    /**
     * Fills the buffer and checks what will be timed.
     *
     * @throws Fault (failed) if the Java heap has no room, or with {@code WRONG_OUTPUT} in front
     */
    @Setup(Level.Trial)
    public void open() {
        int count = settings().threads();
        // two halves of whole elements for each thread
        int length = Math.toIntExact(super.bytes() / count / (2 * Long.BYTES) * 2);
        bytes = (long) count * length * Long.BYTES;
        BufferSize.requireHeap(size(), bytes);
        slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slices.add(new long[length]);
        }
        pool = Executors.newFixedThreadPool(count);
        fill();
        copy();
        if (!slices.stream().allMatch(slice -> Arrays.equals(slice, 0, length / 2, slice, length / 2, length))) {
            throw Fault.failed(Outcome.WRONG_OUTPUT, "the copy that is to be timed is not what was copied");
        }
        fill();
        long sum = (long) length * (length - 1) / 2 * count;
        if (sum() != sum) {
            throw Fault.failed(Outcome.WRONG_OUTPUT, "the buffer that is to be timed adds up to " + sum() + ", not to " + sum);
        }
    }

    /** Each thread fills its own slice, so that the pages are near the core that reads them. */
    private void fill() {
        onAll(slice -> {
            Arrays.setAll(slice, i -> i);
            return 0;
        });
    }

    /** Bytes of all slices: the buffer, less what does not divide by the threads. */
    @Override
    public long bytes() {
        return bytes;
    }

    /** Each thread adds up the elements of its slice; returns the sum of all. */
    public long sum() {
        return onAll(HeapBufferState::sum);
    }

    /** Copies the first half of each slice over its second half; returns the sum of the last elements. */
    public long copy() {
        return onAll(slice -> {
            int half = slice.length / 2;
            System.arraycopy(slice, 0, slice, half, half);
            return slice[slice.length - 1];
        });
    }

    /** Four sums, so that an addition does not wait for the one before. */
    static long sum(long[] slice) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        int whole = slice.length / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            a += slice[i];
            b += slice[i + 1];
            c += slice[i + 2];
            d += slice[i + 3];
        }
        for (int i = whole; i < slice.length; i++) {
            a += slice[i];
        }
        return a + b + c + d;
    }

    private long onAll(ToLongFunction<long[]> work) {
        List<CompletableFuture<Long>> parts = slices.stream()
                .map(slice -> CompletableFuture.supplyAsync(() -> work.applyAsLong(slice), pool)).toList();
        return parts.stream().mapToLong(CompletableFuture::join).sum();
    }

    @TearDown(Level.Trial)
    public void close() {
        pool.shutdown();
    }
}
