package io.notagenbench.engine.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.OperatorChain;
import java.nio.FloatBuffer;

/** {@code torch.add} of a single element, one after the other, as the operators of a model follow each other. */
final class PyTorchChain implements OperatorChain {

    private final ProbeScript script;
    private final PtNDArray zero;
    private final int operators;

    /** @param script is closed together with this */
    PyTorchChain(ProbeScript script, int operators) {
        this.script = script;
        this.operators = operators;
        try {
            zero = script.onDevice(FloatBuffer.allocate(1));
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    @Override
    public float run() {
        try (IValue count = IValue.from((long) operators); IValue start = IValue.from(zero)) {
            return script.number("count", count, start);
        }
    }

    @Override
    public void close() {
        zero.close();
        script.close();
    }
}
