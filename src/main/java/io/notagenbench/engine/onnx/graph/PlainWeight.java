package io.notagenbench.engine.onnx.graph;

import ai.onnxruntime.platform.Fp16Conversions;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * A weight as the checkpoint has it.
 *
 * @param name       its name in the graph
 * @param source     the tensor of the checkpoint
 * @param transposed whether the graph wants its two dimensions the other way round
 * @param type       fp32, or fp16 to which it is rounded
 */
record PlainWeight(String name, TensorSpec source, boolean transposed, Type type) implements GraphWeight {

    static PlainWeight of(TensorSpec source, Type type) {
        return new PlainWeight(source.name(), source, false, type);
    }

    static PlainWeight transposed(TensorSpec source, Type type) {
        return new PlainWeight(source.name() + ".transposed", source, true, type);
    }

    @Override
    public List<GraphTensor> tensors() {
        List<Integer> shape = source.shape();
        return List.of(new GraphTensor(name, type, 0, transposed ? new long[] {shape.get(1), shape.get(0)}
                : shape.stream().mapToLong(Integer::longValue).toArray()));
    }

    @Override
    public long bytes() {
        return source.elements() * type.bytes();
    }

    @Override
    public void write(Weights weights, ByteBuffer memory) {
        if (type == Type.FLOAT) {
            write(weights, memory.asFloatBuffer());
            return;
        }
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(source.elements()));
        write(weights, values);
        ShortBuffer into = memory.asShortBuffer();
        for (int i = 0; i < values.capacity(); i++) {
            into.put(i, Fp16Conversions.floatToFp16(values.get(i)));
        }
    }

    private void write(Weights weights, FloatBuffer into) {
        if (!transposed) {
            weights.read(source, into);
            return;
        }
        FloatBuffer rows = FloatBuffer.allocate(into.remaining());
        weights.read(source, rows);
        int height = source.shape().get(0);
        int width = source.shape().get(1);
        for (int column = 0; column < width; column++) {
            for (int row = 0; row < height; row++) {
                into.put(rows.get(row * width + column));
            }
        }
    }
}
