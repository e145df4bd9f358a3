package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.HandOvers;
import java.util.Arrays;
import java.util.Optional;

/** Both levels of several pieces; caches and hidden states are tensors that the script changes in place. */
final class PyTorchBatchSession implements BatchSession {

    static final int PATCH_LEVEL = 0;
    private static final int CHAR_LEVEL = 1;

    private final PartScript script;
    private final Optional<FirstPartBatch> front;
    private final int slots;
    private final BatchCheck check;
    private final SessionTensors tensors;
    private final IValue state;
    private final float[] hiddenRows;

    PyTorchBatchSession(PyTorchModel model, int slots, int window) {
        script = model.last();
        front = model.front().map(first -> new FirstPartBatch(first, script, slots, window));
        this.slots = slots;
        check = new BatchCheck(slots, window);
        tensors = new SessionTensors(script, Math.max(slots * (PATCH_SIZE + 1), window * PATCH_SIZE));
        hiddenRows = new float[slots * model.config().hidden()];
        try (IValue count = IValue.from(slots); IValue size = IValue.from(window)) {
            state = script.run("new_batch", count, size);
        }
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void prefill(int slot, int[] patches, int offset, int from, int count) {
        check.prefill(slot, patches, offset, from, count);
        if (front.isPresent()) {
            try (IValue hidden = front.get().prefill(slot, patches, offset, from, count);
                    IValue piece = IValue.from(slot);
                    IValue start = IValue.from(from)) {
                script.run("finish_prefill", hidden, piece, start, state).close();
            }
            return;
        }
        try (PtNDArray columns = tensors.columns(patches, offset, count);
                IValue tensor = IValue.from(columns);
                IValue piece = IValue.from(slot);
                IValue start = IValue.from(from)) {
            script.run("prefill", tensor, piece, start, state).close();
        }
    }

    @Override
    public void stepPatches(int rows, int[] patches, int[] positions) {
        check.patches(rows, patches, positions);
        int newest = Arrays.stream(positions, 0, rows).max().orElseThrow();
        boolean even = Arrays.stream(positions, 0, rows).allMatch(position -> position == newest);
        if (front.isPresent()) {
            try (PtNDArray at = tensors.ids(positions, 0, rows);
                    IValue hidden = front.get().step(rows, patches, positions, newest + 1, even);
                    IValue places = IValue.from(at);
                    IValue end = IValue.from(newest + 1);
                    IValue level = IValue.from(even)) {
                script.run("finish_step", hidden, places, end, level, state).close();
            }
            return;
        }
        try (PtNDArray columns = tensors.columns(patches, 0, rows);
                PtNDArray at = tensors.idsBehind(rows * PATCH_SIZE, positions, 0, rows);
                IValue tensor = IValue.from(columns);
                IValue places = IValue.from(at);
                IValue end = IValue.from(newest + 1);
                IValue level = IValue.from(even)) {
            script.run("step_patches", tensor, places, end, level, state).close();
        }
    }

    @Override
    public void hiddenState(int row, float[] hidden) {
        check.hiddenState(row);
        try (IValue result = script.run("hidden", state)) {
            tensors.copy(result, hiddenRows, hiddenRows.length);
        }
        System.arraycopy(hiddenRows, row * hidden.length, hidden, 0, hidden.length);
    }

    @Override
    public void stepChars(int rows, int[] chars, int position, float[] logits) {
        check.chars(rows, chars, position, logits);
        try (PtNDArray newest = tensors.ids(chars, 0, rows);
                IValue tensor = IValue.from(newest);
                IValue at = IValue.from(position);
                IValue result = script.run("step_chars", tensor, at, state)) {
            tensors.copy(result, logits, rows * VOCABULARY);
        }
    }

    @Override
    public void movePiece(int from, int to) {
        check.movePiece(from, to);
        front.ifPresent(first -> first.movePiece(from, to));
        move(PATCH_LEVEL, from, to);
    }

    @Override
    public void moveChars(int from, int to) {
        check.moveChars(from, to);
        move(CHAR_LEVEL, from, to);
    }

    private void move(int level, int from, int to) {
        try (IValue which = IValue.from(level); IValue source = IValue.from(from); IValue target = IValue.from(to)) {
            script.run("move", which, source, target, state).close();
        }
    }

    @Override
    public long cacheBytes() {
        try (IValue bytes = script.run("cache_bytes", state)) {
            return bytes.toLong() + front.map(FirstPartBatch::cacheBytes).orElse(0L);
        }
    }

    @Override
    public HandOvers handOvers() {
        return front.map(FirstPartBatch::handOvers).orElse(HandOvers.NONE);
    }

    @Override
    public void close() {
        if (check.close()) {
            front.ifPresent(FirstPartBatch::close);
            state.close();
            tensors.close();
        }
    }
}
