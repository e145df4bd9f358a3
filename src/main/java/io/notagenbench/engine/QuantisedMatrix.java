package io.notagenbench.engine;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.quantisation.GroupQuantiser;
import io.notagenbench.quantisation.GroupScheme;
import io.notagenbench.quantisation.InputFactor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * The weight of a linear layer in few bits: whole numbers {@code [out, groups, group * bits / 8]}, scales {@code [out,
 * groups]} in fp32 and zero points {@code [out, ceil(groups * bits / 8)]}, one behind the other, each on a cache line.
 *
 * @param source the tensor of the checkpoint, {@code [in, out]}
 * @param scheme how it is rounded
 */
public record QuantisedMatrix(TensorSpec source, GroupScheme scheme) {

    private static final int ALIGNMENT = 64;

    public int in() {
        return source.shape().get(0);
    }

    public int out() {
        return source.shape().get(1);
    }

    public long weightBytes() {
        return scheme.weightBytes(in(), out());
    }

    /** Returns the offset of the scales. */
    public long scaleOffset() {
        return aligned(weightBytes());
    }

    public long scaleBytes() {
        return scheme.scales(in(), out()) * Float.BYTES;
    }

    /** Returns the offset of the zero points. */
    public long zeroPointOffset() {
        return aligned(scaleOffset() + scaleBytes());
    }

    /** Returns the bytes of the zero points; 0 if the scheme has none. */
    public long zeroPointBytes() {
        return scheme.zeroPointBytes(in(), out());
    }

    /** Returns the bytes of the whole matrix, gaps included. */
    public long bytes() {
        return zeroPointOffset() + zeroPointBytes();
    }

    private static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /**
     * Reads the tensor of the checkpoint and rounds each weight to the nearest number.
     *
     * @param memory of {@link #bytes} bytes in native order, from index 0 on
     */
    public void write(Weights weights, ByteBuffer memory) {
        write(weights, Optional.empty(), memory);
    }

    /** As {@link #write(Weights, ByteBuffer)}, but so that weights make up for each other's errors where the inputs are known. */
    void write(Weights weights, Optional<InputFactor> inputs, ByteBuffer memory) {
        FloatBuffer matrix = FloatBuffer.allocate(Math.toIntExact(source.elements()));
        weights.read(source, matrix);
        clear(memory, weightBytes(), scaleOffset());
        clear(memory, scaleOffset() + scaleBytes(), zeroPointOffset());
        new GroupQuantiser(scheme, in(), out()).quantise(matrix, inputs, slice(memory, 0, weightBytes()),
                slice(memory, scaleOffset(), scaleBytes()).asFloatBuffer(),
                slice(memory, zeroPointOffset(), zeroPointBytes()));
    }

    /** Fills a gap with zeros, so that a matrix is always the same bytes. */
    private static void clear(ByteBuffer memory, long from, long to) {
        for (long at = from; at < to; at++) {
            memory.put((int) at, (byte) 0);
        }
    }

    private static ByteBuffer slice(ByteBuffer memory, long offset, long bytes) {
        return memory.slice(Math.toIntExact(offset), Math.toIntExact(bytes)).order(memory.order());
    }
}
