package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.engine.EngineSession;

/**
 * As {@link CachedDecoder}, with drafts: one char-level pass runs the newest character and the drafts behind it, since
 * weights that are read once serve all rows. Each slot's character is chosen from the pass's own logits with its own
 * uniform number; a draft only decides whether the next slot's logits are there already. So the text is that of
 * {@code cached} (compare Leviathan, Kalman and Matias, 2023, who accept by a second draw).
 */
final class SpeculativeDecoder implements PatchDecoder {

    private final EngineSession session;
    private final PatchCache patchLevel;
    private final Drafter drafter;
    private final Acceptance acceptance = new Acceptance();
    private final RowCost cost = new RowCost();
    private final CharWorkCounter work = new CharWorkCounter();
    private final float[] logits = new float[PATCH_SIZE * VOCABULARY];
    private final int[] drafts = new int[PATCH_SIZE];
    private final double[] confidences = new double[PATCH_SIZE];
    private final int[] matches = new int[PATCH_SIZE];

    SpeculativeDecoder(EngineSession session, Drafter drafter) {
        this.session = session;
        this.patchLevel = new PatchCache(session);
        this.drafter = drafter;
    }

    @Override
    public void truncate(int patches) {
        patchLevel.truncate(patches);
    }

    @Override
    public void encode(int[] context, int patches) {
        if (patchLevel.encode(context, patches)) {
            drafter.context(context, patches);
        }
    }

    @Override
    public void hiddenState(float[] hidden) {
        session.hiddenState(hidden);
    }

    @Override
    public int decode(int[] patch, int chosen, CharChooser chooser) {
        int run = 0;
        int slot = chosen;
        while (true) {
            int end = draft(patch, slot, chooser);
            pass(patch, run, end + 1 - run);
            int first = run;
            boolean right = true;
            while (right) {
                patch[slot] = chooser.choose(logits, (slot - first) * VOCABULARY, slot);
                right = slot < end && patch[slot] == drafts[slot];
                if (slot < end) {
                    acceptance.observe(confidences[slot], right);
                    work.draft(matches[slot], right);
                }
                slot++;
                if (patch[slot - 1] == EOS || slot == PATCH_SIZE) {
                    drafter.learn(patch, chosen, slot);
                    return slot;
                }
            }
            run = slot;
        }
    }

    /** Drafts slots from {@code slot} on while one more is worth its row; returns the first that is not drafted. */
    private int draft(int[] patch, int slot, CharChooser chooser) {
        double reached = 1;
        int end = slot;
        while (end < PATCH_SIZE - 1) {
            int id = drafter.draft(patch, end, chooser);
            // Behind a draft that ends the patch there is no slot whose logits could be wanted.
            reached *= id == EOS ? 0 : acceptance.of(drafter.confidence());
            if (reached < cost.ofARow()) {
                break;
            }
            drafts[end] = id;
            confidences[end] = drafter.confidence();
            matches[end] = drafter.matched();
            patch[end++] = id;
        }
        return end;
    }

    private void pass(int[] patch, int from, int rows) {
        long start = System.nanoTime();
        session.forwardChars(patch, from, rows, logits);
        cost.observe(rows, System.nanoTime() - start);
        work.pass(rows);
    }

    @Override
    public CharWork work() {
        return work.total();
    }

    @Override
    public void close() {
        session.close();
    }
}
