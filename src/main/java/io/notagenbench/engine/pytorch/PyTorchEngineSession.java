package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.notagenbench.engine.CallCheck;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.params.Decoding;
import io.notagenbench.sampling.SamplerSettings;
import java.util.Arrays;
import java.util.Optional;

/** Both levels of one piece; caches and hidden state are tensors that the script changes in place. */
final class PyTorchEngineSession implements EngineSession {

    private final PartScript script;
    private final Decoding decoding;
    private final Optional<FirstPartSession> front;
    private final CallCheck check;
    private final SessionTensors tensors;
    private final IValue state;
    /** Hidden states of all patches of the newest call. */
    private IValue rows;

    PyTorchEngineSession(PyTorchModel model, int window) {
        script = model.last();
        decoding = model.settings().decoding();
        front = model.front().map(first -> new FirstPartSession(first, script, window));
        check = new CallCheck(window);
        tensors = new SessionTensors(script, window * PATCH_SIZE);
        try (IValue size = IValue.from(window)) {
            state = script.run("new_session", size);
        }
    }

    @Override
    public void forwardPatches(int[] patches, int offset, int from, int count) {
        check.patches(patches, offset, from, count);
        if (front.isPresent()) {
            try (IValue hidden = front.get().run(patches, offset, from, count); IValue start = IValue.from(from)) {
                keep(script.run("finish_patches", hidden, start, state));
            }
            return;
        }
        try (PtNDArray columns = tensors.columns(patches, offset, count);
                IValue tensor = IValue.from(columns);
                IValue start = IValue.from(from)) {
            keep(script.run("forward_patches", tensor, start, state));
        }
    }

    private void keep(IValue states) {
        if (rows != null) {
            rows.close();
        }
        rows = states;
    }

    @Override
    public void startFrom(int patch) {
        try (IValue row = IValue.from(check.startFrom(patch))) {
            script.run("start_from", rows, row, state).close();
        }
    }

    @Override
    public void hiddenState(float[] hidden) {
        check.hiddenState();
        try (IValue result = script.run("hidden", state)) {
            tensors.copy(result, hidden, hidden.length);
        }
    }

    @Override
    public void forwardChars(int[] chars, int from, int count, float[] logits) {
        check.chars(chars, from, count, logits);
        try (IValue result = run(chars, from, count)) {
            tensors.copy(result, logits, count * VOCABULARY);
        }
    }

    private IValue run(int[] chars, int from, int count) {
        if (count == 1) {
            return from == 0 ? script.run("first_char", state) : nextChar(chars[from - 1], from);
        }
        int first = Math.max(from, 1) - 1;
        int given = from + count - 1 - first;
        try (PtNDArray array = tensors.ids(chars, first, given); IValue tensor = IValue.from(array); IValue start = IValue.from(from)) {
            return script.run("forward_chars", tensor, start, state);
        }
    }

    private IValue nextChar(int id, int position) {
        try (IValue character = IValue.from(id); IValue start = IValue.from(position)) {
            return script.run("next_char", character, start, state);
        }
    }

    @Override
    public int decodePatch(int[] patch, int chosen, PatchDraws draws, int[] drawn) {
        check.decode(decoding, patch, chosen, draws, drawn);
        SamplerSettings sampling = draws.settings();
        try (IValue chars = IValue.listFrom(Arrays.stream(patch, 0, chosen).asLongStream().toArray());
                IValue given = IValue.listFrom(Arrays.stream(draws.given()).asLongStream().toArray());
                IValue uniforms = IValue.listFrom(draws.uniforms());
                IValue topK = IValue.from(sampling.topK());
                IValue topP = IValue.from(sampling.topP());
                IValue temperature = IValue.from(sampling.temperature());
                IValue result = script.run("decode_patch", chars, given, uniforms, topK, topP, temperature, state)) {
            long[] ids = result.toLongArray();
            for (int i = 0; i < ids.length; i++) {
                drawn[chosen + i] = (int) ids[i];
            }
            return chosen + ids.length;
        }
    }

    @Override
    public HandOvers handOvers() {
        return front.map(FirstPartSession::handOvers).orElse(HandOvers.NONE);
    }

    @Override
    public void close() {
        if (check.close()) {
            front.ifPresent(FirstPartSession::close);
            keep(null);
            state.close();
            tensors.close();
        }
    }
}
