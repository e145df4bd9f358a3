package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.function.IntFunction;

/**
 * Tensors over the first rows of one buffer, one for each number of rows, made when it is first asked for: a call of a
 * size that was met before makes no tensor. The buffer outlives them.
 */
final class RowTensors implements AutoCloseable {

    private final OnnxTensor[] tensors;
    private final IntFunction<OnnxTensor> maker;

    /**
     * @param room  largest number of rows
     * @param maker makes the tensor of a number of rows
     */
    RowTensors(int room, IntFunction<OnnxTensor> maker) {
        this.tensors = new OnnxTensor[room + 1];
        this.maker = maker;
    }

    OnnxTensor of(int rows) {
        if (tensors[rows] == null) {
            tensors[rows] = maker.apply(rows);
        }
        return tensors[rows];
    }

    @Override
    public void close() {
        for (OnnxTensor tensor : tensors) {
            if (tensor != null) {
                tensor.close();
            }
        }
    }
}
