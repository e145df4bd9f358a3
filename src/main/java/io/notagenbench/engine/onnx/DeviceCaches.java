package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.HEAD_SIZE;

import ai.onnxruntime.DeviceTensors;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.onnx.graph.CacheForm;
import io.notagenbench.engine.onnx.graph.DecoderGraph;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.fault.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values on the device, for {@link CacheForm#GROWN}: two buffers for each, of which a call reads one and writes the
 * other, so only the rows themselves cross the bus. What is kept of the one that was written last is any number
 * of its first rows.
 */
final class DeviceCaches implements KeyValues {

    private final DecoderLevel level;
    private final Device where;
    private final GraphForm form;
    private final DeviceTensors device;
    private final List<Cache> caches = new ArrayList<>();
    private final KeyPositions keyPositions;
    /** The past of a first call: no rows, or the one row in front. */
    private final OnnxTensor noPast;
    private int newest;
    private boolean writes;

    /** Keys or values of one layer: tensors of any number of rows over each of two buffers. */
    private record Cache(String past, String present, List<RowTensors> sides) {
    }

    /**
     * @param session of the level
     * @param where   the session computes
     * @param room    positions that each buffer holds
     */
    DeviceCaches(DecoderLevel level, OrtSession session, Device where, GraphForm form, int layers, int heads, int room) {
        this.level = level;
        this.where = where;
        this.form = form;
        try {
            device = new DeviceTensors(session,
                    where.kind() == Device.Kind.CPU ? DeviceTensors.MAIN_MEMORY : DeviceTensors.CARD, where.index());
        } catch (OrtException e) {
            throw failed(e);
        }
        level.atTheEnd(device::close);
        for (int layer = 0; layer < layers; layer++) {
            add(DecoderGraph.pastKeys(layer), DecoderGraph.presentKeys(layer), heads, room);
            add(DecoderGraph.pastValues(layer), DecoderGraph.presentValues(layer), heads, room);
        }
        keyPositions = new KeyPositions(level, form, room);
        noPast = level.own(level.tensor(level.zeros((long) heads * HEAD_SIZE), form.values(), 1, form.front(), heads, HEAD_SIZE));
    }

    private void add(String past, String present, int heads, int room) {
        int rows = form.front() + room;
        List<RowTensors> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            try {
                DeviceTensors.Block block = device.allocate((long) rows * heads * HEAD_SIZE * form.values().bytes());
                sides.add(level.rows(rows, count -> tensor(block, count, heads)));
            } catch (OrtException e) {
                throw failed(e);
            }
        }
        caches.add(new Cache(past, present, sides));
    }

    private OnnxTensor tensor(DeviceTensors.Block block, int rows, int heads) {
        try {
            return device.tensor(block, form.values().java(), 1, rows, heads, HEAD_SIZE);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private Fault failed(OrtException e) {
        return CudaExecutionProvider.fault(where, e, "ONNX Runtime cannot allocate keys and values on the device: " + e.getMessage()
                + "; choose caches=host, a smaller patchLength or a smaller model.");
    }

    @Override
    public void bindInputs(int from, int count) {
        for (Cache cache : caches) {
            level.input(cache.past(), from == 0 ? noPast : cache.sides().get(newest).of(form.front() + from));
        }
        level.input(DecoderGraph.KEY_POSITIONS, keyPositions.of(from, count));
    }

    @Override
    public void bindOutputs(int from, int count) {
        for (Cache cache : caches) {
            level.output(cache.present(), cache.sides().get(1 - newest).of(form.front() + from + count));
        }
        writes = true;
    }

    @Override
    public void noOutputs() {
        caches.forEach(cache -> level.noOutput(cache.present()));
        writes = false;
    }

    @Override
    public void release() {
        if (writes) {
            newest = 1 - newest;
        }
    }
}
