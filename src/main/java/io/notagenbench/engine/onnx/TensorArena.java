package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntFunction;

/** The tensors of one level and their memory, freed together. */
abstract class TensorArena implements AutoCloseable {

    private final OrtEnvironment environment;
    private final Deque<Runnable> owned = new ArrayDeque<>();

    TensorArena(OrtEnvironment environment) {
        this.environment = environment;
    }

    /** Memory that lives as long as this level. */
    NativeMemory memory(long elements) {
        NativeMemory memory = new NativeMemory(elements);
        owned.push(memory::close);
        return memory;
    }

    /** As {@link #memory}, all zero, as bytes in native order. */
    ByteBuffer zeros(long elements) {
        ByteBuffer bytes = memory(elements).bytes();
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) 0);
        }
        return bytes;
    }

    /** Frees something with this level, before everything that was added earlier. */
    void atTheEnd(Runnable free) {
        owned.push(free);
    }

    /** Tensors that live as long as this level, for numbers up to {@code room}. */
    RowTensors rows(int room, IntFunction<OnnxTensor> maker) {
        RowTensors tensors = new RowTensors(room, maker);
        owned.push(tensors::close);
        return tensors;
    }

    /** A tensor that lives as long as this level. */
    OnnxTensor own(OnnxTensor tensor) {
        owned.push(tensor::close);
        return tensor;
    }

    /** A tensor over the first elements of a buffer, in place. */
    OnnxTensor tensor(IntBuffer buffer, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, buffer.slice(0, elements(shape)), shape);
        } catch (OrtException e) {
            throw noTensor(e, shape);
        }
    }

    /** A tensor over the first elements of a buffer, in place. */
    OnnxTensor tensor(FloatBuffer buffer, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, buffer.slice(0, elements(shape)), shape);
        } catch (OrtException e) {
            throw noTensor(e, shape);
        }
    }

    /** A tensor over the first elements of a buffer, in place. */
    OnnxTensor tensor(LongBuffer buffer, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, buffer.slice(0, elements(shape)), shape);
        } catch (OrtException e) {
            throw noTensor(e, shape);
        }
    }

    /** A tensor over the first elements of a buffer, in place. */
    OnnxTensor tensor(DoubleBuffer buffer, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, buffer.slice(0, elements(shape)), shape);
        } catch (OrtException e) {
            throw noTensor(e, shape);
        }
    }

    /** A tensor over the first elements of a buffer in native order, in place. */
    OnnxTensor tensor(ByteBuffer buffer, Type type, long... shape) {
        try {
            ByteBuffer elements = buffer.slice(0, Math.multiplyExact(elements(shape), type.bytes())).order(buffer.order());
            return OnnxTensor.createTensor(environment, elements, shape, type.java());
        } catch (OrtException e) {
            throw noTensor(e, shape);
        }
    }

    private static Fault noTensor(OrtException cause, long... shape) {
        return Fault.failed("ONNX Runtime cannot create a tensor " + Arrays.toString(shape) + ": " + cause.getMessage(), cause);
    }

    private static int elements(long... shape) {
        int elements = 1;
        for (long size : shape) {
            elements = Math.multiplyExact(elements, Math.toIntExact(size));
        }
        return elements;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().run();
        }
    }
}
