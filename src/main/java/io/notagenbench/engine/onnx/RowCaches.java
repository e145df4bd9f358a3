package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;

import ai.onnxruntime.OnnxTensor;
import io.notagenbench.engine.onnx.GraphBuilder.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of one level for all forms but {@link CacheForm#SHARED}: in each buffer the past stands in front
 * and the graph writes the new rows behind it, so nothing is copied on the host. A device gets the past with every call:
 * ONNX Runtime's Java API keeps no tensor there. A loop's call is a whole patch, which has no past and leaves none.
 */
final class RowCaches {

    private static final short HALF_NEGATIVE_INFINITY = (short) 0xFC00;

    private final Level level;
    private final GraphForm form;
    private final int layers;
    private final int heads;
    /** Rows in front of the past that nothing sees. */
    private final int front;
    private final List<ByteBuffer> keys = new ArrayList<>();
    private final List<ByteBuffer> values = new ArrayList<>();
    private final ByteBuffer mask;
    private final List<OnnxTensor> bound = new ArrayList<>();

    /** @param room positions that each buffer holds */
    RowCaches(Level level, GraphForm form, int layers, int heads, int room) {
        this.level = level;
        this.form = form;
        this.layers = layers;
        this.heads = heads;
        front = form.caches() == CacheForm.PADDED ? 1 : 0;
        for (int layer = 0; layer < layers; layer++) {
            keys.add(rows(front + room));
            values.add(rows(front + room));
        }
        mask = level.memory((long) room * (front + room)).bytes();
    }

    private ByteBuffer rows(int count) {
        ByteBuffer rows = level.memory((long) count * heads * HEAD_SIZE).bytes();
        // no share of what is no number is a number
        for (int i = 0; i < front * rowBytes(); i++) {
            rows.put(i, (byte) 0);
        }
        return rows;
    }

    private int rowBytes() {
        return heads * HEAD_SIZE * form.values().bytes();
    }

    /** Makes the inputs of a call with {@code count} new rows behind {@code from} cached ones. */
    void bindInputs(int from, int count) {
        for (int layer = 0; layer < layers; layer++) {
            level.input(DecoderGraph.pastKeys(layer), past(keys.get(layer), from));
            level.input(DecoderGraph.pastValues(layer), past(values.get(layer), from));
        }
        int seen = front + from + count;
        for (int row = 0; row < count; row++) {
            for (int place = 0; place < seen; place++) {
                hide(row * seen + place, place < front || place > front + from + row);
            }
        }
        level.input(DecoderGraph.MASK, bound(level.tensor(mask, form.values(), count, seen)));
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

    private OnnxTensor past(ByteBuffer rows, int from) {
        return bound(level.tensor(rows, form.values(), 1, front + from, heads, HEAD_SIZE));
    }

    /** With {@link CacheForm#GROWN} the past is written once more, over itself. */
    private OnnxTensor present(ByteBuffer rows, int from, int count) {
        if (form.caches() == CacheForm.GROWN) {
            return bound(level.tensor(rows, form.values(), 1, from + count, heads, HEAD_SIZE));
        }
        ByteBuffer behind = rows.slice((front + from) * rowBytes(), count * rowBytes()).order(rows.order());
        return bound(level.tensor(behind, form.values(), 1, count, heads, HEAD_SIZE));
    }

    /** Writes an element of the mask. */
    private void hide(int element, boolean hidden) {
        if (form.values() == Type.FLOAT) {
            mask.putFloat(element * Float.BYTES, hidden ? Float.NEGATIVE_INFINITY : 0);
        } else {
            mask.putShort(element * Short.BYTES, hidden ? HALF_NEGATIVE_INFINITY : 0);
        }
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
