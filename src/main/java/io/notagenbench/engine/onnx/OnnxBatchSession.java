package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.onnx.graph.CharGraph;
import io.notagenbench.engine.onnx.graph.PatchGraph;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/** Both levels of several pieces. The hidden states go from one graph to the other in the same memory. */
final class OnnxBatchSession implements BatchSession {

    private final BatchCheck check;
    private final int slots;
    private final int hiddenSize;
    private final BatchLevel patchLevel;
    private final BatchLevel charLevel;

    private final IntBuffer columns;
    private final RowTensors columnsOfEach;
    private final RowTensors columnsOfOne;
    private final FloatBuffer hidden;
    private final RowTensors firstRows;
    private final RowTensors noRows;
    private final IntBuffer chars;
    private final RowTensors charRows;
    private final RowTensors noChars;
    private final FloatBuffer logitRows;
    private final RowTensors logitTensors;
    private final int[] samePosition;

    OnnxBatchSession(OnnxModel model, int slots, int window) {
        ModelConfig config = model.config();
        this.slots = slots;
        check = new BatchCheck(slots, window);
        hiddenSize = config.hidden();
        patchLevel = new BatchLevel(model, model.patchLevel(), config.patchLayers(), slots, window);
        charLevel = new BatchLevel(model, model.charLevel(), config.charLayers(), slots, PATCH_SIZE);

        columns = patchLevel.memory((long) Math.max(slots, window) * PATCH_SIZE).ints();
        columnsOfEach = patchLevel.rows(slots, pieces -> patchLevel.tensor(columns, pieces, 1, PATCH_SIZE));
        columnsOfOne = patchLevel.rows(window, count -> patchLevel.tensor(columns, 1, count, PATCH_SIZE));
        hidden = patchLevel.memory((long) slots * hiddenSize).floats();
        firstRows = patchLevel.rows(slots, pieces -> patchLevel.tensor(hidden, pieces, 1, hiddenSize));
        noRows = patchLevel.rows(slots, pieces -> patchLevel.tensor(hidden, pieces, 0, hiddenSize));

        chars = charLevel.memory(slots).ints();
        charRows = charLevel.rows(slots, pieces -> charLevel.tensor(chars, pieces, 1));
        noChars = charLevel.rows(slots, pieces -> charLevel.tensor(chars, pieces, 0));
        logitRows = charLevel.memory((long) slots * VOCABULARY).floats();
        logitTensors = charLevel.rows(slots, pieces -> charLevel.tensor(logitRows, pieces, 1, VOCABULARY));
        samePosition = new int[slots];
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void prefill(int slot, int[] patches, int offset, int from, int count) {
        check.prefill(slot, patches, offset, from, count);
        columns(patches, offset, count);
        patchLevel.input(PatchGraph.COLUMNS, columnsOfOne.of(count));
        // every hidden state is written again by the step that follows
        patchLevel.output(PatchGraph.HIDDEN, firstRows.of(1));
        patchLevel.runOne(slot, from, count);
    }

    @Override
    public void stepPatches(int rows, int[] patches, int[] positions) {
        check.patches(rows, patches, positions);
        columns(patches, 0, rows);
        patchLevel.input(PatchGraph.COLUMNS, columnsOfEach.of(rows));
        patchLevel.output(PatchGraph.HIDDEN, firstRows.of(rows));
        patchLevel.runEach(rows, positions);
    }

    private void columns(int[] patches, int offset, int count) {
        for (int i = 0; i < count * PATCH_SIZE; i++) {
            columns.put(i, PatchGraph.column(i % PATCH_SIZE, patches[offset + i]));
        }
    }

    @Override
    public void hiddenState(int row, float[] into) {
        check.hiddenState(row);
        hidden.get(row * hiddenSize, into, 0, hiddenSize);
    }

    @Override
    public void stepChars(int rows, int[] newest, int position, float[] logits) {
        check.chars(rows, newest, position, logits);
        if (position > 0) {
            chars.put(0, newest, 0, rows);
        }
        charLevel.input(CharGraph.FIRST, (position == 0 ? firstRows : noRows).of(rows));
        charLevel.input(CharGraph.CHARS, (position == 0 ? noChars : charRows).of(rows));
        charLevel.output(CharGraph.LOGITS, logitTensors.of(rows));
        Arrays.fill(samePosition, position);
        charLevel.runEach(rows, samePosition);
        logitRows.get(0, logits, 0, rows * VOCABULARY);
    }

    @Override
    public void movePiece(int from, int to) {
        check.movePiece(from, to);
        patchLevel.move(from, to);
    }

    @Override
    public void moveChars(int from, int to) {
        check.moveChars(from, to);
        charLevel.move(from, to);
    }

    @Override
    public long cacheBytes() {
        return patchLevel.cacheBytes() + charLevel.cacheBytes();
    }

    @Override
    public void close() {
        if (check.close()) {
            charLevel.close();
            patchLevel.close();
        }
    }
}
