package io.notagenbench.engine.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.engine.ReadBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** A tensor and {@code torch.sum}. */
final class PyTorchReadBuffer implements ReadBuffer {

    private final PtModel model;
    private final PtNDManager manager;
    private final int threads;

    private PyTorchReadBuffer(PtModel model, int threads) {
        this.model = model;
        this.threads = threads;
        manager = (PtNDManager) model.getNDManager().newSubManager();
    }

    static PyTorchReadBuffer of(int threads, long elements) {
        PtModel model = (PtModel) Model.newInstance("read-buffer", ai.djl.Device.cpu(), "PyTorch");
        try {
            byte[] archive = ScriptArchive.of("ReadBuffer", ModelScript.resource("read-buffer.py"), Map.of());
            model.load(new ByteArrayInputStream(archive), Map.of());
            PyTorchReadBuffer buffer = new PyTorchReadBuffer(model, threads);
            try (IValue size = IValue.from(elements)) {
                buffer.run("create", size).close();
            }
            return buffer;
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new IllegalStateException("PyTorch does not take the script", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private IValue run(String method, IValue... arguments) {
        PyTorchEngine.prepareThread(threads);
        return IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), method, arguments);
    }

    @Override
    public void write(long first, FloatBuffer values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.remaining() * Float.BYTES).order(ByteOrder.nativeOrder());
        Shape shape = new Shape(values.remaining());
        bytes.asFloatBuffer().put(values);
        try (PtNDArray array = manager.create(bytes, shape, DataType.FLOAT32);
                IValue tensor = IValue.from(array);
                IValue start = IValue.from(first)) {
            run("write", start, tensor).close();
        }
    }

    @Override
    public float sum() {
        try (IValue result = run("total"); PtNDArray array = result.toTensor(manager)) {
            return array.toByteBuffer().order(ByteOrder.nativeOrder()).getFloat(0);
        }
    }

    @Override
    public void close() {
        manager.close();
        model.close();
        FreedMemory.giveBack();
    }
}
