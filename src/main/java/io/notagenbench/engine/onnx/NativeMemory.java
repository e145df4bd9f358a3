package io.notagenbench.engine.onnx;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Memory outside the Java heap, freed when it is closed. Unlike direct buffers it does not
 * wait for the garbage collector and is not bounded by {@code -XX:MaxDirectMemorySize}. What it holds at first is
 * undefined. Not to be used after {@link #close}.
 */
final class NativeMemory implements AutoCloseable {

    /** A cache line, and the widest vector register. */
    private static final int ALIGNMENT = 64;

    private final Memory memory;
    private final ByteBuffer bytes;

    private NativeMemory(Memory memory, long size) {
        this.memory = memory;
        long padding = -Pointer.nativeValue(memory) & ALIGNMENT - 1;
        bytes = memory.getByteBuffer(padding, size).order(ByteOrder.nativeOrder());
    }

    /** @param elements number of elements of four bytes, at least 1 */
    NativeMemory(long elements) {
        this(new Memory(Math.multiplyExact(elements, Float.BYTES) + ALIGNMENT), elements * Float.BYTES);
    }

    /** @param size in bytes, at least 1 */
    static NativeMemory ofBytes(long size) {
        return new NativeMemory(new Memory(size + ALIGNMENT), size);
    }

    /** All of it, in native order, from position 0 on. */
    ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.nativeOrder());
    }

    /** All of it as floats, from position 0 on. */
    FloatBuffer floats() {
        return bytes.asFloatBuffer();
    }

    /** All of it as ints, from position 0 on. */
    IntBuffer ints() {
        return bytes.asIntBuffer();
    }

    /** All of it as longs, two elements each. */
    LongBuffer longs() {
        return bytes.asLongBuffer();
    }

    /** All of it as doubles, two elements each. */
    DoubleBuffer doubles() {
        return bytes.asDoubleBuffer();
    }

    @Override
    public void close() {
        memory.close();
    }
}
