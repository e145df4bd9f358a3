package io.notagenbench.engine.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.DeviceBuffer;
import java.nio.FloatBuffer;

/** A tensor with {@code torch.sum} and {@code copy_}. Its twin in main memory is pageable, as any tensor there. */
final class PyTorchBuffer implements DeviceBuffer {

    private static final int REPETITIONS_ON_CARD = 16;

    private final ProbeScript script;

    private PyTorchBuffer(ProbeScript script) {
        this.script = script;
    }

    /** @param script is closed together with the buffer */
    static PyTorchBuffer withTwin(ProbeScript script, long elements) {
        PyTorchBuffer buffer = of(script, elements);
        try {
            script.run("create_twin").close();
            return buffer;
        } catch (RuntimeException e) {
            buffer.close();
            throw e;
        }
    }

    /** Returns a buffer that is only read. */
    static PyTorchBuffer of(ProbeScript script, long elements) {
        try (PtNDArray somewhere = script.onDevice(FloatBuffer.allocate(1));
                IValue device = IValue.from(somewhere);
                IValue size = IValue.from(elements)) {
            script.run("create", size, device).close();
            return new PyTorchBuffer(script);
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    @Override
    public void write(long first, FloatBuffer values) {
        try (PtNDArray array = script.onDevice(values);
                IValue tensor = IValue.from(array);
                IValue start = IValue.from(first)) {
            script.run("write", start, tensor).close();
        }
    }

    @Override
    public float sum() {
        return repeated("total");
    }

    @Override
    public float copy() {
        return repeated("copy");
    }

    private float repeated(String method) {
        try (IValue times = IValue.from(repetitions())) {
            return script.number(method, times);
        }
    }

    @Override
    public int repetitions() {
        return script.isOnCard() ? REPETITIONS_ON_CARD : 1;
    }

    @Override
    public float toDevice() {
        return script.number("to_device");
    }

    @Override
    public float toHost() {
        return script.number("to_host");
    }

    @Override
    public void close() {
        script.close();
    }
}
