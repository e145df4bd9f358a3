package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.CallCheck;
import io.notagenbench.engine.EngineSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Both levels of one piece; caches and hidden state are tensors that the script changes in place. */
final class PyTorchEngineSession implements EngineSession {

    private final PyTorchModel model;
    private final CallCheck check;
    private final PtNDManager manager;
    private final IValue state;
    private final ByteBuffer ids;
    private boolean onAskedDevice;

    PyTorchEngineSession(PyTorchModel model, int window) {
        this.model = model;
        check = new CallCheck(window);
        manager = model.manager();
        ids = ByteBuffer.allocateDirect(window * PATCH_SIZE * Long.BYTES).order(ByteOrder.nativeOrder());
        try (IValue size = IValue.from(window)) {
            state = model.run("new_session", size);
        }
    }

    @Override
    public void forwardPatches(int[] patches, int offset, int from, int count) {
        check.patches(patches, offset, from, count);
        for (int i = 0; i < count * PATCH_SIZE; i++) {
            ids.putLong(i * Long.BYTES, VOCABULARY * (i % PATCH_SIZE) + patches[offset + i]);
        }
        try (PtNDArray columns = tensor(count, PATCH_SIZE);
                IValue tensor = IValue.from(columns);
                IValue start = IValue.from(from)) {
            model.run("forward_patches", tensor, start, state).close();
        }
    }

    @Override
    public void hiddenState(float[] hidden) {
        check.hiddenState();
        try (IValue result = model.run("hidden", state)) {
            copy(result, hidden, hidden.length);
        }
    }

    @Override
    public void forwardChars(int[] chars, int from, int count, float[] logits) {
        check.chars(chars, from, count, logits);
        try (IValue result = run(chars, from, count)) {
            copy(result, logits, count * VOCABULARY);
        }
    }

    private IValue run(int[] chars, int from, int count) {
        if (count == 1) {
            return from == 0 ? model.run("first_char", state) : nextChar(chars[from - 1], from);
        }
        int first = Math.max(from, 1) - 1;
        int given = from + count - 1 - first;
        for (int i = 0; i < given; i++) {
            ids.putLong(i * Long.BYTES, chars[first + i]);
        }
        try (PtNDArray array = tensor(given); IValue tensor = IValue.from(array); IValue start = IValue.from(from)) {
            return model.run("forward_chars", tensor, start, state);
        }
    }

    private IValue nextChar(int id, int position) {
        try (IValue character = IValue.from(id); IValue start = IValue.from(position)) {
            return model.run("next_char", character, start, state);
        }
    }

    /** A tensor over the ids as they stand in their buffer. */
    private PtNDArray tensor(long... shape) {
        Shape sizes = new Shape(shape);
        ByteBuffer bytes = ids.duplicate().order(ByteOrder.nativeOrder());
        bytes.limit(Math.toIntExact(sizes.size() * Long.BYTES));
        return manager.create(bytes, sizes, DataType.INT64);
    }

    private void copy(IValue result, float[] into, int length) {
        // reading a tensor of a device leaves a copy in the manager that it belongs to
        try (PtNDManager call = (PtNDManager) manager.newSubManager(); PtNDArray array = result.toTensor(call)) {
            if (!onAskedDevice) {
                AskedDevice.require(model.settings().device(), array.getDevice());
                onAskedDevice = true;
            }
            array.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().get(into, 0, length);
        }
    }

    @Override
    public void close() {
        if (check.close()) {
            state.close();
            manager.close();
        }
    }
}
