package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.HandOvers;

/** What the first part of a split model keeps of pieces that are decoded together: the caches of its layers. */
final class FirstPartBatch implements AutoCloseable {

    private final PartScript script;
    private final PartBridge bridge;
    private final SessionTensors tensors;
    private final IValue state;

    FirstPartBatch(PartScript script, PartScript last, int slots, int window) {
        this.script = script;
        bridge = new PartBridge(script, last);
        tensors = new SessionTensors(script, Math.max(slots * (PATCH_SIZE + 1), window * PATCH_SIZE));
        try (IValue count = IValue.from(slots); IValue size = IValue.from(window)) {
            state = script.run("new_batch", count, size);
        }
    }

    /** Runs patches of one piece; returns their hidden states {@code [n, H]} on the device of the last part. */
    IValue prefill(int slot, int[] patches, int offset, int from, int count) {
        try (PtNDArray columns = tensors.columns(patches, offset, count);
                IValue tensor = IValue.from(columns);
                IValue piece = IValue.from(slot);
                IValue start = IValue.from(from);
                IValue hidden = script.run("enter_prefill", tensor, piece, start, state)) {
            tensors.requireDevice(hidden);
            return bridge.carry(hidden);
        }
    }

    /** Runs one patch of each piece; returns their hidden states {@code [rows, H]} on the device of the last part. */
    IValue step(int rows, int[] patches, int[] positions, int end, boolean even) {
        try (PtNDArray columns = tensors.columns(patches, 0, rows);
                PtNDArray at = tensors.idsBehind(rows * PATCH_SIZE, positions, 0, rows);
                IValue tensor = IValue.from(columns);
                IValue places = IValue.from(at);
                IValue behind = IValue.from(end);
                IValue level = IValue.from(even);
                IValue hidden = script.run("enter_step", tensor, places, behind, level, state)) {
            return bridge.carry(hidden);
        }
    }

    /** Copies the cache of one slot over that of another. */
    void movePiece(int from, int to) {
        try (IValue level = IValue.from(PyTorchBatchSession.PATCH_LEVEL);
                IValue source = IValue.from(from);
                IValue target = IValue.from(to)) {
            script.run("move", level, source, target, state).close();
        }
    }

    long cacheBytes() {
        try (IValue bytes = script.run("cache_bytes", state)) {
            return bytes.toLong();
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
