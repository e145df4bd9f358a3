package io.notagenbench.decoding;

import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.PatchDraws;
import java.util.Arrays;

/** A session without a model: every logit is 0, so only characters that are given can be decoded with it. */
final class BlankSession implements EngineSession {

    @Override
    public void forwardPatches(int[] patches, int offset, int from, int count) {
    }

    @Override
    public void startFrom(int patch) {
    }

    @Override
    public void hiddenState(float[] hidden) {
        throw new UnsupportedOperationException("there is no model");
    }

    @Override
    public void forwardChars(int[] chars, int from, int count, float[] logits) {
        Arrays.fill(logits, 0);
    }

    @Override
    public int decodePatch(int[] patch, int chosen, PatchDraws draws, int[] drawn) {
        throw new UnsupportedOperationException("there is no model");
    }

    @Override
    public void close() {
    }
}
