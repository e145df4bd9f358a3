package io.notagenbench.engine.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.LinearLayers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The linear layers of a model in PyTorch, by the script and from the packed weights of the model. */
final class PyTorchLinearLayers implements LinearLayers {

    private final PyTorchModel model;
    private final PtNDManager manager;

    /** @param model is closed together with this */
    PyTorchLinearLayers(PyTorchModel model) {
        this.model = model;
        manager = model.last().manager();
    }

    @Override
    public void forward(float[] x, int rows, float[] y) {
        int elements = rows * model.config().hidden();
        ByteBuffer bytes = ByteBuffer.allocateDirect(elements * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(x, 0, elements);
        Shape shape = new Shape(rows, model.config().hidden());
        try (PtNDArray array = manager.create(bytes, shape, DataType.FLOAT32);
                IValue tensor = IValue.from(array);
                IValue result = model.last().run("linear_layers", tensor);
                PtNDArray output = result.toTensor(manager)) {
            output.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().get(y, 0, elements);
        }
    }

    @Override
    public void close() {
        manager.close();
        model.close();
    }
}
