package io.notagenbench.benchmark.state;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Work that never changes: matrices that fit into the caches of a core, and a buffer that fits into no cache. */
@State(Scope.Benchmark)
public class RulerState {

    private static final int SIZE = 96;
    private static final int LENGTH = 8 << 20;

    private final float[] left = new float[SIZE * SIZE];
    private final float[] right = new float[SIZE * SIZE];
    private final float[] product = new float[SIZE * SIZE];
    private final long[] buffer = new long[LENGTH];

    /** @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if a result is wrong */
    @Setup(Level.Trial)
    public void fill() {
        // small whole numbers: every sum is exact
        for (int i = 0; i < left.length; i++) {
            left[i] = i / SIZE % 5 + 1;
            right[i] = i % SIZE % 7 + 1;
        }
        Arrays.setAll(buffer, i -> i);
        float last = SIZE * ((SIZE - 1) % 5 + 1) * ((SIZE - 1) % 7 + 1);
        if (multiply() != last) {
            throw Fault.failed(Outcome.WRONG_OUTPUT, "the product of the ruler ends with " + multiply() + ", not with " + last);
        }
        long sum = (long) LENGTH * (LENGTH - 1) / 2;
        if (read() != sum) {
            throw Fault.failed(Outcome.WRONG_OUTPUT, "the buffer of the ruler adds up to " + read() + ", not to " + sum);
        }
    }

    /** Multiplies two matrices on one core; returns the last element of the product. */
    public float multiply() {
        for (int row = 0; row < SIZE; row++) {
            Arrays.fill(product, row * SIZE, (row + 1) * SIZE, 0);
            for (int inner = 0; inner < SIZE; inner++) {
                float factor = left[row * SIZE + inner];
                for (int column = 0; column < SIZE; column++) {
                    product[row * SIZE + column] += factor * right[inner * SIZE + column];
                }
            }
        }
        return product[product.length - 1];
    }

    /** Reads 64 MiB of main memory on one core; returns the sum of all elements. */
    public long read() {
        return HeapBufferState.sum(buffer);
    }
}
