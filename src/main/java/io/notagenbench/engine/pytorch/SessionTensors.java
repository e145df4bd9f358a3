package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.Device;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Hands ids over to the calls of a session and reads their results, in memory that is used again. */
final class SessionTensors implements AutoCloseable {

    private final Device device;
    private final PtNDManager manager;
    private final ByteBuffer ids;
    private boolean onAskedDevice;

    /** @param most ids of one call */
    SessionTensors(PartScript script, int most) {
        device = script.device();
        manager = script.manager();
        ids = ByteBuffer.allocateDirect(most * Long.BYTES).order(ByteOrder.nativeOrder());
    }

    /** {@code [count, 16]}: for each character of the patches its column of the embedding table. */
    PtNDArray columns(int[] patches, int offset, int count) {
        for (int i = 0; i < count * PATCH_SIZE; i++) {
            ids.putLong(i * Long.BYTES, VOCABULARY * (i % PATCH_SIZE) + patches[offset + i]);
        }
        return tensor(0, count, PATCH_SIZE);
    }

    /** {@code [count]}: the given numbers. */
    PtNDArray ids(int[] numbers, int offset, int count) {
        return idsBehind(0, numbers, offset, count);
    }

    /**
     * {@code [count]}: the given numbers, written behind the first {@code used} numbers, which the call still needs.
     */
    PtNDArray idsBehind(int used, int[] numbers, int offset, int count) {
        for (int i = 0; i < count; i++) {
            ids.putLong((used + i) * Long.BYTES, numbers[offset + i]);
        }
        return tensor(used, count);
    }

    /** Returns a tensor over the buffer of ids. */
    private PtNDArray tensor(int first, long... shape) {
        Shape sizes = new Shape(shape);
        ByteBuffer bytes = ids.slice(first * Long.BYTES, Math.toIntExact(sizes.size() * Long.BYTES))
                .order(ByteOrder.nativeOrder());
        return manager.create(bytes, sizes, DataType.INT64);
    }

    /** Reads the first elements of a result, which must come from the device that was asked for. */
    void copy(IValue result, float[] into, int length) {
        // reading a tensor of a device leaves a copy in the manager that it belongs to
        try (PtNDManager call = (PtNDManager) manager.newSubManager(); PtNDArray array = result.toTensor(call)) {
            require(array);
            array.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().get(into, 0, length);
        }
    }

    /** A result that stays where it is must be on the device that was asked for. */
    void requireDevice(IValue result) {
        if (!onAskedDevice) {
            try (PtNDManager call = (PtNDManager) manager.newSubManager(); PtNDArray array = result.toTensor(call)) {
                require(array);
            }
        }
    }

    private void require(PtNDArray result) {
        if (!onAskedDevice) {
            RequestedDevice.require(device, result.getDevice());
            onAskedDevice = true;
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
