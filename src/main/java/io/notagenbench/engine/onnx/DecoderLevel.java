package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.onnx.graph.CacheForm;
import io.notagenbench.engine.onnx.graph.DecoderGraph;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.params.CachePlacement;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One level of one session: its key/value caches and the tensors of its calls. Calls reuse all memory: a call
 * copies in a few integers, and keys and values are never copied in main memory.
 */
final class DecoderLevel extends TensorArena {

    private final Device device;
    private final OrtSession graph;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxValue> outputs = new HashMap<>();
    private final IntBuffer positions;
    private final RowTensors positionRows;
    private final IntBuffer lastPosition;
    private final IntBuffer total;
    /** Null where the graph writes new rows in place. */
    private final KeyValues keyValues;

    /**
     * @param model  whose environment and device it is on
     * @param graph  of the level
     * @param form   of the graph
     * @param layers layers of the level
     * @param room   positions that its caches hold
     */
    DecoderLevel(OnnxModel model, OrtSession graph, GraphForm form, int layers, int room) {
        super(model.environment());
        this.device = model.settings().device();
        this.graph = graph;
        int heads = model.config().heads();
        positions = memory(room).ints();
        positionRows = rows(room, rows -> tensor(positions, 1, rows));
        lastPosition = memory(1).ints();
        total = memory(1).ints();
        keyValues = keyValues(model.settings(), form, layers, heads, room);
        if (keyValues != null) {
            return;
        }
        input(DecoderGraph.LAST_POSITION, own(tensor(lastPosition, 1)));
        input(DecoderGraph.TOTAL, own(tensor(total)));
        for (int layer = 0; layer < layers; layer++) {
            cache(DecoderGraph.pastKeys(layer), DecoderGraph.presentKeys(layer), heads, room);
            cache(DecoderGraph.pastValues(layer), DecoderGraph.presentValues(layer), heads, room);
        }
    }

    private KeyValues keyValues(EngineSettings settings, GraphForm form, int layers, int heads, int room) {
        if (form.caches() == CacheForm.SHARED) {
            return null;
        }
        return settings.caches() == CachePlacement.HOST ? new HostCaches(this, form, layers, heads, room)
                : new DeviceCaches(this, graph, device, form, layers, heads, room);
    }

    /** One tensor is both past and present, so the graph writes new rows in place. */
    private void cache(String past, String present, int heads, int room) {
        FloatBuffer rows = memory((long) heads * room * HEAD_SIZE).floats();
        OnnxTensor tensor = own(tensor(rows, 1, heads, room, HEAD_SIZE));
        input(past, tensor);
        output(present, tensor);
    }

    void input(String name, OnnxTensor tensor) {
        inputs.put(name, tensor);
    }

    void output(String name, OnnxTensor tensor) {
        outputs.put(name, tensor);
    }

    /** No longer binds an output. */
    void noOutput(String name) {
        outputs.remove(name);
    }

    /** Runs the rows of {@code count} positions from {@code from} on, and caches theirs. */
    void run(int from, int count) {
        if (keyValues != null) {
            keyValues.bindOutputs(from, count);
        }
        call(from, count, Set.of()).close();
    }

    /**
     * Runs the rows of {@code count} positions from the first on; afterwards nothing is cached.
     *
     * @param sized names of outputs whose size the graph decides
     * @return these outputs, to be closed
     */
    OrtSession.Result runWhole(int count, Set<String> sized) {
        if (keyValues != null) {
            keyValues.noOutputs();
        }
        return call(0, count, sized);
    }

    private OrtSession.Result call(int from, int count, Set<String> sized) {
        for (int row = 0; row < count; row++) {
            positions.put(row, from + row);
        }
        lastPosition.put(0, from + count - 1);
        total.put(0, from + count);
        try {
            input(DecoderGraph.POSITIONS, positionRows.of(count));
            if (keyValues != null) {
                keyValues.bindInputs(from, count);
            }
            return graph.run(inputs, sized, outputs);
        } catch (OrtException e) {
            throw CudaExecutionProvider.fault(device, e, "ONNX Runtime failed on " + count + " positions from " + from + " on: " + e.getMessage());
        } finally {
            if (keyValues != null) {
                keyValues.release();
            }
        }
    }
}
