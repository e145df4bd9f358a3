package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.engine.EngineSession;
import java.util.function.LongSupplier;

/**
 * As {@link CachedDecoder}, with drafts: one char-level pass runs the newest character and the drafts behind it, one
 * patch-level pass the newest patch and, where it can be drafted as a whole, the next one, since weights that are read
 * once serve all rows. Each slot's character is chosen from the char level's own logits with its own uniform number; a
 * draft only decides whether the next slot's logits, or the next patch's hidden state, are there already. So the text
 * is that of {@code cached} (compare Leviathan, Kalman and Matias, 2023, who accept by a second draw).
 */
final class SpeculativeDecoder extends SessionDecoder {

    private final int window;
    private final Drafter drafter;
    private final LongSupplier clock;
    private final PatchDraft draft;
    private final Acceptance acceptance;
    private final Acceptance wholeAcceptance;
    private final RowCost charCost = new RowCost();
    private final RowCost patchCost = new RowCost();
    private final float[] logits = new float[PATCH_SIZE * VOCABULARY];
    /** The context whose newest patch has not run yet: it runs together with the draft of the next patch. */
    private int[] context;
    private int waiting;

    /**
     * @param window context window in patches: a draft that fills it is followed by a stream cut, which has no use for
     *               it
     */
    SpeculativeDecoder(EngineSession session, int window, DraftMemory memory) {
        this(session, window, memory, System::nanoTime);
    }

    /** @param clock in nanoseconds, to learn what rows cost */
    SpeculativeDecoder(EngineSession session, int window, DraftMemory memory, LongSupplier clock) {
        super(session);
        this.window = window;
        drafter = memory.drafter;
        acceptance = memory.chars;
        wholeAcceptance = memory.patches;
        this.clock = clock;
        this.draft = new PatchDraft(drafter);
    }

    /** A step of one patch waits for {@link #decode}, which knows what the next patch is drawn with. */
    @Override
    public void encode(int[] context, int patches) {
        drafter.context(context, patches);
        this.context = context;
        patchLevel.acceptDraft(context, patches);
        waiting = patchLevel.lacksOne(patches) ? patches : 0;
        if (waiting == 0) {
            patchLevel.encode(context, patches);
        }
    }

    @Override
    public void hiddenState(float[] hidden) {
        if (waiting > 0) {
            patchLevel.encode(context, waiting);
            waiting = 0;
        }
        super.hiddenState(hidden);
    }

    @Override
    public int decode(int[] patch, int chosen, CharChooser chooser) {
        draft.begin(patch, chosen, chooser);
        double expected = waiting > 0 ? patchPass() : 0;
        int decided = decodeChars(patch, chosen, chooser);
        drafter.learn(patch, chosen, decided);
        if (expected > 0) {
            wholeAcceptance.observe(expected, draft.isWhole(decided));
        }
        return decided;
    }

    /**
     * Runs the newest patch, and a draft of the next if that is worth its row.
     *
     * @return how probable the draft was before anything was learned of whole patches; 0 if there was none
     */
    private double patchPass() {
        double row = patchCost.ofARow();
        double probability = waiting + 1 < window ? draft.whole(acceptance, row / 2) : 0;
        boolean drafted = probability > 0 && wholeAcceptance.of(probability) > row;
        long start = clock.getAsLong();
        if (drafted) {
            patchLevel.encode(context, waiting, draft.padded());
        } else {
            patchLevel.encode(context, waiting);
        }
        patchCost.observe(drafted ? 2 : 1, clock.getAsLong() - start);
        waiting = 0;
        return probability;
    }

    private int decodeChars(int[] patch, int chosen, CharChooser chooser) {
        int run = 0;
        int slot = chosen;
        while (true) {
            int end = worthARow(slot);
            charPass(run, end + 1 - run);
            int first = run;
            int newest = slot;
            boolean right = true;
            while (right) {
                patch[slot] = chooser.choose(logits, (slot - first) * VOCABULARY, slot);
                right = draft.decided(slot, patch[slot]) && slot < end;
                if (slot < end) {
                    acceptance.observe(draft.confidence(slot), right);
                    work.draft(slot - newest, draft.matched(slot), right);
                }
                slot++;
                if (patch[slot - 1] == EOS || slot == PATCH_SIZE) {
                    return slot;
                }
            }
            run = slot;
        }
    }

    /** Drafts slots from {@code slot} on while one more is worth its row; returns the first that is not. */
    private int worthARow(int slot) {
        double reached = 1;
        int end = slot;
        while (end < PATCH_SIZE - 1) {
            // A draft that ends the patch is the last: no slot behind it needs logits.
            reached *= draft.reach(end) == EOS ? 0 : acceptance.of(draft.confidence(end));
            if (reached < charCost.ofARow()) {
                break;
            }
            end++;
        }
        return end;
    }

    private void charPass(int from, int rows) {
        long start = clock.getAsLong();
        session.forwardChars(draft.ids(), from, rows, logits);
        charCost.observe(rows, clock.getAsLong() - start);
        work.pass(rows);
    }
}
