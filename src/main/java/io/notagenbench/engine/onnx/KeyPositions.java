package io.notagenbench.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import io.notagenbench.engine.onnx.graph.DecoderGraph;
import io.notagenbench.engine.onnx.graph.GraphForm;
import java.nio.IntBuffer;

/** The position of every key that a call has, cached ones first. */
final class KeyPositions {

    private final int front;
    private final RowTensors tensors;

    /** @param room positions of the level */
    KeyPositions(DecoderLevel level, GraphForm form, int room) {
        front = form.front();
        IntBuffer positions = level.memory((long) front + room).ints();
        for (int key = 0; key < front + room; key++) {
            positions.put(key, key < front ? DecoderGraph.NOWHERE : key - front);
        }
        tensors = level.rows(front + room, keys -> level.tensor(positions, keys));
    }

    /** Of a call with {@code count} rows behind {@code from} positions. */
    OnnxTensor of(int from, int count) {
        return tensors.of(front + from + count);
    }
}
