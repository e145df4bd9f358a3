package io.notagenbench.engine.onnx;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.onnx.GraphBuilder.Type;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A weight in fp32.
 *
 * @param name       its name in the graph
 * @param source     the tensor of the checkpoint
 * @param transposed whether the graph wants its two dimensions the other way round
 */
record PlainWeight(String name, TensorSpec source, boolean transposed) implements GraphWeight {

    @Override
    public List<GraphTensor> tensors() {
        List<Integer> shape = source.shape();
        return List.of(new GraphTensor(name, Type.FLOAT, 0, transposed ? new long[] {shape.get(1), shape.get(0)}
                : shape.stream().mapToLong(Integer::longValue).toArray()));
    }

    @Override
    public long bytes() {
        return source.elements() * Float.BYTES;
    }

    @Override
    public void write(Weights weights, ByteBuffer memory) {
        FloatBuffer into = memory.asFloatBuffer();
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
