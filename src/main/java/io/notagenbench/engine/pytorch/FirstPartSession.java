package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.HandOvers;

/** What the first part of a split model keeps of one piece: the caches of its layers. */
final class FirstPartSession implements AutoCloseable {

    private final PartScript script;
    private final PartBridge bridge;
    private final SessionTensors tensors;
    private final IValue state;

    FirstPartSession(PartScript script, PartScript last, int window) {
        this.script = script;
        bridge = new PartBridge(script, last);
        tensors = new SessionTensors(script, window * PATCH_SIZE);
        try (IValue size = IValue.from(window)) {
            state = script.run("new_session", size);
        }
    }

    /**
     * Runs patches through the layers of this part.
     *
     * @return their hidden states {@code [n, H]} on the device of the last part, the caller's to close
     */
    IValue run(int[] patches, int offset, int from, int count) {
        try (PtNDArray columns = tensors.columns(patches, offset, count);
                IValue tensor = IValue.from(columns);
                IValue start = IValue.from(from);
                IValue hidden = script.run("enter_patches", tensor, start, state)) {
            tensors.requireDevice(hidden);
            return bridge.carry(hidden);
        }
    }

    HandOvers handOvers() {
        return bridge.total();
    }

    @Override
    public void close() {
        state.close();
        tensors.close();
    }
}
