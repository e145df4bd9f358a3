package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import ai.onnxruntime.OnnxTensor;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.CallCheck;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.engine.onnx.graph.CharGraph;
import io.notagenbench.engine.onnx.graph.PatchGraph;
import io.notagenbench.params.Decoding;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Both levels of one piece. */
final class OnnxEngineSession implements EngineSession {

    private final OnnxModel model;
    private final CallCheck check;
    private final DecoderLevel patchLevel;
    private final DecoderLevel charLevel;

    private final IntBuffer columns;
    private final RowTensors columnRows;
    private final FloatBuffer hiddenRows;
    private final RowTensors hiddenTensors;
    /** The hidden state that the char level starts from. */
    private final FloatBuffer hidden;
    private final OnnxTensor firstRow;
    private final OnnxTensor noRow;
    private final IntBuffer chars;
    private final RowTensors charRows;
    private final FloatBuffer logitRows;
    private final RowTensors logitTensors;
    /** Of a model that decodes whole patches, else null. */
    private final PatchLoop loop;

    OnnxEngineSession(OnnxModel model, int window) {
        this.model = model;
        ModelConfig config = model.config();
        check = new CallCheck(window);
        patchLevel = new DecoderLevel(model, model.patchLevel(), model.form(), config.patchLayers(), window);
        boolean fused = model.settings().decoding() == Decoding.FUSED;
        charLevel = new DecoderLevel(model, model.charLevel(), fused ? model.form().inLoop() : model.form(), config.charLayers(), PATCH_SIZE);

        columns = patchLevel.memory((long) window * PATCH_SIZE).ints();
        columnRows = patchLevel.rows(window, rows -> patchLevel.tensor(columns, 1, rows, PATCH_SIZE));
        hiddenRows = patchLevel.memory((long) window * config.hidden()).floats();
        hiddenTensors = patchLevel.rows(window, rows -> patchLevel.tensor(hiddenRows, 1, rows, config.hidden()));
        hidden = patchLevel.memory(config.hidden()).floats();
        firstRow = patchLevel.own(patchLevel.tensor(hidden, 1, 1, config.hidden()));
        noRow = patchLevel.own(patchLevel.tensor(hidden, 1, 0, config.hidden()));

        chars = charLevel.memory(PATCH_SIZE).ints();
        charRows = charLevel.rows(PATCH_SIZE, rows -> charLevel.tensor(chars, 1, rows));
        logitRows = charLevel.memory(PATCH_SIZE * VOCABULARY).floats();
        logitTensors = charLevel.rows(PATCH_SIZE, rows -> charLevel.tensor(logitRows, 1, rows, VOCABULARY));
        loop = fused ? new PatchLoop(charLevel) : null;
    }

    @Override
    public void forwardPatches(int[] patches, int offset, int from, int count) {
        check.patches(patches, offset, from, count);
        for (int i = 0; i < count * PATCH_SIZE; i++) {
            columns.put(i, PatchGraph.column(i % PATCH_SIZE, patches[offset + i]));
        }
        patchLevel.input(PatchGraph.COLUMNS, columnRows.of(count));
        patchLevel.output(PatchGraph.HIDDEN_ROWS, hiddenTensors.of(count));
        patchLevel.run(from, count);
        chooseRow(count - 1);
    }

    private void chooseRow(int row) {
        hidden.put(0, hiddenRows, row * hidden.capacity(), hidden.capacity());
    }

    @Override
    public void startFrom(int patch) {
        chooseRow(check.startFrom(patch));
    }

    @Override
    public void hiddenState(float[] into) {
        check.hiddenState();
        hidden.get(0, into);
    }

    @Override
    public void forwardChars(int[] patch, int from, int count, float[] logits) {
        check.chars(patch, from, count, logits);
        if (loop != null) {
            loop.oneStep();
        }
        setRows(patch, from, count);
        charLevel.output(CharGraph.LOGITS, logitTensors.of(count));
        charLevel.run(from, count);
        logitRows.get(0, logits, 0, count * VOCABULARY);
    }

    /** The rows of {@code count} positions: position p is character p - 1, but position 0 is the hidden state. */
    private void setRows(int[] patch, int from, int count) {
        if (model.form().plain()) {
            for (int row = 0; row < count; row++) {
                chars.put(row, from + row == 0 ? 0 : patch[from + row - 1]);
            }
            charLevel.input(CharGraph.FIRST, firstRow);
            charLevel.input(CharGraph.CHARS, charRows.of(count));
            return;
        }
        int first = Math.max(from, 1) - 1;
        int given = from + count - 1 - first;
        chars.put(0, patch, first, given);
        charLevel.input(CharGraph.FIRST, from == 0 ? firstRow : noRow);
        charLevel.input(CharGraph.CHARS, charRows.of(given));
    }

    @Override
    public int decodePatch(int[] patch, int chosen, PatchDraws draws, int[] drawn) {
        check.decode(model.settings().decoding(), patch, chosen, draws, drawn);
        setRows(patch, 0, chosen + 1);
        charLevel.noOutput(CharGraph.LOGITS);
        return loop.run(chosen, draws, drawn);
    }

    @Override
    public void close() {
        if (check.close()) {
            charLevel.close();
            patchLevel.close();
        }
    }
}
