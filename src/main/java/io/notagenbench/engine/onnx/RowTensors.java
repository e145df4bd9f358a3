package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.function.IntFunction;

/**
 * Tensors over parts of one buffer, one for each number, which is how many rows or pieces it has or which piece it is of.
 * Each is made when it is first asked for: a call of a size that was met before makes no tensor. The buffer outlives them.
 */
final class RowTensors implements AutoCloseable {

    private final OnnxTensor[] tensors;
    private final IntFunction<OnnxTensor> maker;

    /**
     * @param room  largest number
     * @param maker makes the tensor of a number
     */
    RowTensors(int room, IntFunction<OnnxTensor> maker) {
        this.tensors = new OnnxTensor[room + 1];
        this.maker = maker;
    }

    OnnxTensor of(int number) {
        if (tensors[number] == null) {
            tensors[number] = maker.apply(number);
        }
        return tensors[number];
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
