package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.engine.onnx.graph.CacheForm;
import io.notagenbench.engine.onnx.graph.DecoderGraph;
import io.notagenbench.fault.Fault;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One level of several pieces: as {@link DecoderLevel} with {@link CacheForm#SHARED}, but each buffer is
 * {@code [slots, heads, room, 64]}. Tensors over the same memory hold the first pieces together, and each piece alone.
 */
final class BatchLevel extends TensorArena {

    private final OrtSession graph;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxValue> outputs = new HashMap<>();
    private final List<Cache> caches = new ArrayList<>();
    private final int pieceElements;
    private final IntBuffer positions;
    private final RowTensors positionOfEach;
    private final RowTensors positionsOfOne;
    private final IntBuffer lastPositions;
    private final RowTensors lastPositionRows;
    private final IntBuffer total;

    /** Keys or values of one layer. */
    private record Cache(String past, String present, FloatBuffer floats, RowTensors first, RowTensors alone) {
    }

    /**
     * @param model  whose environment it is on
     * @param graph  of the level
     * @param layers layers of the level
     * @param slots  pieces that its caches hold
     * @param room   positions of each
     */
    BatchLevel(OnnxModel model, OrtSession graph, int layers, int slots, int room) {
        super(model.environment());
        this.graph = graph;
        int heads = model.config().heads();
        pieceElements = heads * room * HEAD_SIZE;
        positions = memory(Math.max(slots, room)).ints();
        positionOfEach = rows(slots, pieces -> tensor(positions, pieces, 1));
        positionsOfOne = rows(room, count -> tensor(positions, 1, count));
        lastPositions = memory(slots).ints();
        lastPositionRows = rows(slots, pieces -> tensor(lastPositions, pieces));
        total = memory(1).ints();
        input(DecoderGraph.TOTAL, own(tensor(total)));
        for (int layer = 0; layer < layers; layer++) {
            cache(DecoderGraph.pastKeys(layer), DecoderGraph.presentKeys(layer), slots, heads, room);
            cache(DecoderGraph.pastValues(layer), DecoderGraph.presentValues(layer), slots, heads, room);
        }
    }

    private void cache(String past, String present, int slots, int heads, int room) {
        FloatBuffer floats = memory((long) slots * pieceElements).floats();
        caches.add(new Cache(past, present, floats,
                rows(slots, pieces -> tensor(floats, pieces, heads, room, HEAD_SIZE)),
                rows(slots, slot -> tensor(floats.slice(slot * pieceElements, pieceElements), 1, heads, room, HEAD_SIZE))));
    }

    void input(String name, OnnxTensor tensor) {
        inputs.put(name, tensor);
    }

    void output(String name, OnnxTensor tensor) {
        outputs.put(name, tensor);
    }

    /** Runs the rows of {@code count} positions from {@code from} on for the piece of one slot. */
    void runOne(int slot, int from, int count) {
        for (int row = 0; row < count; row++) {
            positions.put(row, from + row);
        }
        lastPositions.put(0, from + count - 1);
        total.put(0, from + count);
        input(DecoderGraph.POSITIONS, positionsOfOne.of(count));
        caches.forEach(cache -> bind(cache, cache.alone().of(slot)));
        run(1);
    }

    /** Runs one row of each of the first {@code pieces} slots, at the position of each. */
    void runEach(int pieces, int[] positionOf) {
        int newest = 0;
        for (int piece = 0; piece < pieces; piece++) {
            positions.put(piece, positionOf[piece]);
            lastPositions.put(piece, positionOf[piece]);
            newest = Math.max(newest, positionOf[piece]);
        }
        total.put(0, newest + 1);
        input(DecoderGraph.POSITIONS, positionOfEach.of(pieces));
        caches.forEach(cache -> bind(cache, cache.first().of(pieces)));
        run(pieces);
    }

    /** One tensor is both past and present, so the graph writes new rows in place. */
    private void bind(Cache cache, OnnxTensor tensor) {
        input(cache.past(), tensor);
        output(cache.present(), tensor);
    }

    private void run(int pieces) {
        try {
            input(DecoderGraph.LAST_POSITION, lastPositionRows.of(pieces));
            graph.run(inputs, Set.of(), outputs).close();
        } catch (OrtException e) {
            throw Fault.failed("ONNX Runtime failed on " + pieces + " pieces decoded together: " + e.getMessage(), e);
        }
    }

    /** Copies the keys and values of one slot over those of another. */
    void move(int from, int to) {
        for (Cache cache : caches) {
            cache.floats().put(to * pieceElements, cache.floats(), from * pieceElements, pieceElements);
        }
    }

    /** Bytes of all keys and values. */
    long cacheBytes() {
        return caches.stream().mapToLong(cache -> (long) cache.floats().capacity() * Float.BYTES).sum();
    }
}
