package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;

import ai.onnxruntime.OnnxTensor;
import io.notagenbench.engine.onnx.graph.CacheForm;
import io.notagenbench.engine.onnx.graph.DecoderGraph;
import io.notagenbench.engine.onnx.graph.GraphForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values in main memory: each buffer begins with the past, and the graph writes the new rows behind it, so
 * nothing is copied on the host. Each call copies the past to the device and the new rows back. A call of a loop runs a
 * whole patch: it needs no past and keeps none.
 */
final class HostCaches implements KeyValues {

    private final DecoderLevel level;
    private final GraphForm form;
    private final int layers;
    private final int heads;
    private final List<ByteBuffer> keys = new ArrayList<>();
    private final List<ByteBuffer> values = new ArrayList<>();
    private final KeyPositions keyPositions;
    private final List<OnnxTensor> bound = new ArrayList<>();

    /** @param room positions that each buffer holds */
    HostCaches(DecoderLevel level, GraphForm form, int layers, int heads, int room) {
        this.level = level;
        this.form = form;
        this.layers = layers;
        this.heads = heads;
        for (int layer = 0; layer < layers; layer++) {
            keys.add(rows(form.front() + room));
            values.add(rows(form.front() + room));
        }
        keyPositions = new KeyPositions(level, form, room);
    }

    private ByteBuffer rows(int count) {
        ByteBuffer rows = level.memory((long) count * heads * HEAD_SIZE).bytes();
        // 0 x NaN is NaN: uninitialised memory in the hidden row would leak through the softmax
        for (int i = 0; i < form.front() * rowBytes(); i++) {
            rows.put(i, (byte) 0);
        }
        return rows;
    }

    private int rowBytes() {
        return heads * HEAD_SIZE * form.values().bytes();
    }

    @Override
    public void bindInputs(int from, int count) {
        for (int layer = 0; layer < layers; layer++) {
            level.input(DecoderGraph.pastKeys(layer), past(keys.get(layer), from));
            level.input(DecoderGraph.pastValues(layer), past(values.get(layer), from));
        }
        level.input(DecoderGraph.KEY_POSITIONS, keyPositions.of(from, count));
    }

    @Override
    public void bindOutputs(int from, int count) {
        for (int layer = 0; layer < layers; layer++) {
            level.output(DecoderGraph.presentKeys(layer), present(keys.get(layer), from, count));
            level.output(DecoderGraph.presentValues(layer), present(values.get(layer), from, count));
        }
    }

    @Override
    public void noOutputs() {
        for (int layer = 0; layer < layers; layer++) {
            level.noOutput(DecoderGraph.presentKeys(layer));
            level.noOutput(DecoderGraph.presentValues(layer));
        }
    }

    private OnnxTensor past(ByteBuffer rows, int from) {
        return bound(level.tensor(rows, form.values(), 1, form.front() + from, heads, HEAD_SIZE));
    }

    /** With {@link CacheForm#GROWN} the past is written once more, over itself. */
    private OnnxTensor present(ByteBuffer rows, int from, int count) {
        if (form.caches() == CacheForm.GROWN) {
            return bound(level.tensor(rows, form.values(), 1, form.front() + from + count, heads, HEAD_SIZE));
        }
        ByteBuffer behind = rows.slice((form.front() + from) * rowBytes(), count * rowBytes()).order(rows.order());
        return bound(level.tensor(behind, form.values(), 1, count, heads, HEAD_SIZE));
    }

    private OnnxTensor bound(OnnxTensor tensor) {
        bound.add(tensor);
        return tensor;
    }

    /** Frees the tensors of a call, not their buffers. */
    @Override
    public void release() {
        bound.forEach(OnnxTensor::close);
        bound.clear();
    }
}
