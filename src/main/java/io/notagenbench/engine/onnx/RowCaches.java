package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;

import ai.onnxruntime.OnnxTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of one level for {@link CacheForm#ROWS}: in each buffer the past stands in front and the graph writes
 * the new rows behind it, so nothing is copied on the host. A device gets the past with every call: ONNX Runtime's Java
 * API keeps no tensor there.
 */
final class RowCaches {

    private final Level level;
    private final int layers;
    private final int heads;
    private final List<FloatBuffer> keys = new ArrayList<>();
    private final List<FloatBuffer> values = new ArrayList<>();
    private final FloatBuffer mask;
    private final List<OnnxTensor> bound = new ArrayList<>();

    /** @param room positions that each buffer holds */
    RowCaches(Level level, int layers, int heads, int room) {
        this.level = level;
        this.layers = layers;
        this.heads = heads;
        for (int layer = 0; layer < layers; layer++) {
            keys.add(level.memory((long) room * heads * HEAD_SIZE).floats());
            values.add(level.memory((long) room * heads * HEAD_SIZE).floats());
        }
        mask = level.memory((long) room * room).floats();
    }

    /** Makes the tensors of a call with {@code count} new rows behind {@code from} cached ones. */
    void bind(int from, int count) {
        for (int layer = 0; layer < layers; layer++) {
            bind(keys.get(layer), DecoderGraph.pastKeys(layer), DecoderGraph.presentKeys(layer), from, count);
            bind(values.get(layer), DecoderGraph.pastValues(layer), DecoderGraph.presentValues(layer), from, count);
        }
        for (int row = 0; row < count; row++) {
            for (int position = 0; position < from + count; position++) {
                mask.put(row * (from + count) + position, position <= from + row ? 0 : Float.NEGATIVE_INFINITY);
            }
        }
        level.input(DecoderGraph.MASK, bound(level.tensor(mask, count, from + count)));
    }

    private void bind(FloatBuffer rows, String past, String present, int from, int count) {
        int row = heads * HEAD_SIZE;
        level.input(past, bound(level.tensor(rows, 1, from, heads, HEAD_SIZE)));
        level.output(present, bound(level.tensor(rows.slice(from * row, count * row), 1, count, heads, HEAD_SIZE)));
    }

    private OnnxTensor bound(OnnxTensor tensor) {
        bound.add(tensor);
        return tensor;
    }

    /** Frees the tensors of a call; what they stand on stays. */
    void release() {
        bound.forEach(OnnxTensor::close);
        bound.clear();
    }
}
