package io.notagenbench.engine.onnx;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A weight of a graph and the checkpoint's tensor that it is made of.
 *
 * @param name       its name in the graph
 * @param source     the tensor
 * @param transposed whether the graph wants its two dimensions the other way round
 */
record GraphWeight(String name, TensorSpec source, boolean transposed) {

    /** The shape in the graph. */
    long[] shape() {
        List<Integer> shape = source.shape();
        return transposed ? new long[] {shape.get(1), shape.get(0)} : shape.stream().mapToLong(Integer::longValue).toArray();
    }

    /** Reads the tensor as the graph wants it into a buffer of its size. */
    void read(Weights weights, FloatBuffer into) {
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
