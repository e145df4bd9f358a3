package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;

import ai.onnxruntime.OnnxTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of one level for {@link CacheForm#ROWS} and {@link CacheForm#GROWN}: in each buffer the past stands in front
 * and the graph writes the new rows behind it, so nothing is copied on the host. A device gets the past with every call:
 * ONNX Runtime's Java API keeps no tensor there. A loop's call is a whole patch, which has no past and leaves none.
 */
final class RowCaches {

    private final Level level;
    private final CacheForm form;
    private final int layers;
    private final int heads;
    private final List<FloatBuffer> keys = new ArrayList<>();
    private final List<FloatBuffer> values = new ArrayList<>();
    private final FloatBuffer mask;
    private final List<OnnxTensor> bound = new ArrayList<>();

    /** @param room positions that each buffer holds */
    RowCaches(Level level, CacheForm form, int layers, int heads, int room) {
        this.level = level;
        this.form = form;
        this.layers = layers;
        this.heads = heads;
        for (int layer = 0; layer < layers; layer++) {
            keys.add(level.memory((long) room * heads * HEAD_SIZE).floats());
            values.add(level.memory((long) room * heads * HEAD_SIZE).floats());
        }
        mask = level.memory((long) room * room).floats();
    }

    /** Makes the inputs of a call with {@code count} new rows behind {@code from} cached ones. */
    void bindInputs(int from, int count) {
        for (int layer = 0; layer < layers; layer++) {
            level.input(DecoderGraph.pastKeys(layer), past(keys.get(layer), from));
            level.input(DecoderGraph.pastValues(layer), past(values.get(layer), from));
        }
        for (int row = 0; row < count; row++) {
            for (int position = 0; position < from + count; position++) {
                mask.put(row * (from + count) + position, position <= from + row ? 0 : Float.NEGATIVE_INFINITY);
            }
        }
        level.input(DecoderGraph.MASK, bound(level.tensor(mask, count, from + count)));
    }

    /** Makes the outputs of such a call. */
    void bindOutputs(int from, int count) {
        for (int layer = 0; layer < layers; layer++) {
            level.output(DecoderGraph.presentKeys(layer), present(keys.get(layer), from, count));
            level.output(DecoderGraph.presentValues(layer), present(values.get(layer), from, count));
        }
    }

    /** Leaves what a call makes where it was made. */
    void noOutputs() {
        for (int layer = 0; layer < layers; layer++) {
            level.noOutput(DecoderGraph.presentKeys(layer));
            level.noOutput(DecoderGraph.presentValues(layer));
        }
    }

    private OnnxTensor past(FloatBuffer rows, int from) {
        return bound(level.tensor(rows, 1, from, heads, HEAD_SIZE));
    }

    /** With {@link CacheForm#GROWN} the past is written once more, over itself. */
    private OnnxTensor present(FloatBuffer rows, int from, int count) {
        int row = heads * HEAD_SIZE;
        return bound(form == CacheForm.GROWN ? level.tensor(rows, 1, from + count, heads, HEAD_SIZE)
                : level.tensor(rows.slice(from * row, count * row), 1, count, heads, HEAD_SIZE));
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
