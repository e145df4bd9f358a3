package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.HandOvers;

/**
 * The baseline, step for step what the original does ({@code NotaGenLMHeadModel.generate} in {@code inference/utils.py}):
 * the whole context again for every patch, the whole patch again for every character, and all free slots filled even
 * after an EOS.
 */
final class RecomputeDecoder implements PatchDecoder {

    private final EngineSession session;
    private final CharWorkCounter work = new CharWorkCounter();
    private final float[] logits = new float[PATCH_SIZE * VOCABULARY];
    private long passes;
    private long rows;

    RecomputeDecoder(EngineSession session) {
        this.session = session;
    }

    @Override
    public void truncate(int patches) {
        // Nothing is kept from one patch to the next.
    }

    @Override
    public void encode(int[] context, int patches) {
        session.forwardPatches(context, 0, 0, patches);
        passes++;
        rows += patches;
    }

    @Override
    public void hiddenState(float[] hidden) {
        session.hiddenState(hidden);
    }

    @Override
    public int decode(int[] patch, int chosen, CharChooser chooser) {
        for (int slot = chosen; slot < PATCH_SIZE; slot++) {
            session.forwardChars(patch, 0, slot + 1, logits);
            work.pass(slot + 1);
            patch[slot] = chooser.choose(logits, slot * VOCABULARY, slot);
        }
        return PATCH_SIZE;
    }

    @Override
    public CharWork work() {
        return work.total();
    }

    @Override
    public PatchWork patchWork() {
        return new PatchWork(passes, rows, 0, 0);
    }

    @Override
    public HandOvers handOvers() {
        return session.handOvers();
    }

    @Override
    public void close() {
        session.close();
    }
}
