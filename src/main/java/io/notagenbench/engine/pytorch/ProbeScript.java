package io.notagenbench.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.notagenbench.engine.Device;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** {@code probe.py} on one device. */
final class ProbeScript implements AutoCloseable {

    private final PtModel model;
    private final PtNDManager manager;
    private final Device device;
    private final int threads;

    private ProbeScript(PtModel model, Device device, int threads) {
        this.model = model;
        this.device = device;
        this.threads = threads;
        manager = (PtNDManager) model.getNDManager().newSubManager();
    }

    /**
     * @param device  a single one
     * @param threads of an operator on the CPU
     */
    static ProbeScript load(Device device, int threads) {
        return new ProbeScript(CompiledScript.load(device, "Probe", ModelScript.resource("probe.py"), Map.of()), device, threads);
    }

    /** Runs a method of the script; the result is the caller's to close. */
    IValue run(String method, IValue... arguments) {
        PyTorchEngine.prepareThread(threads);
        return IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), method, arguments);
    }

    /** Runs a method that returns one number, and waits for it. */
    float number(String method, IValue... arguments) {
        try (IValue result = run(method, arguments); PtNDArray array = result.toTensor(manager)) {
            return array.toByteBuffer().order(ByteOrder.nativeOrder()).getFloat(0);
        }
    }

    /**
     * Values on the device, to be closed.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with {@code DEVICE_FALLBACK} if they are elsewhere
     */
    PtNDArray onDevice(FloatBuffer values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.remaining() * Float.BYTES).order(ByteOrder.nativeOrder());
        Shape shape = new Shape(values.remaining());
        bytes.asFloatBuffer().put(values.duplicate());
        PtNDArray array = manager.create(bytes, shape, DataType.FLOAT32);
        RequestedDevice.require(device, array.getDevice());
        return array;
    }

    boolean isOnCard() {
        return device.kind() == Device.Kind.CUDA;
    }

    @Override
    public void close() {
        manager.close();
        model.close();
        PyTorchEngine.giveBack(device);
    }
}
