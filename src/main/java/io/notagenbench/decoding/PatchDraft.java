package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.BOS;
import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PAD;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import java.util.Arrays;

/** A patch that is being decoded: its ids as far as they are decided, drafts behind them. */
final class PatchDraft {

    private final Drafter drafter;
    private final int[] ids = new int[PATCH_SIZE];
    private final double[] confidences = new double[PATCH_SIZE];
    private final int[] matches = new int[PATCH_SIZE];
    private CharChooser chooser;
    private int first;
    /** Slots that are decided or drafted. */
    private int end;
    /** Length of the patch as it was drafted as a whole, while nothing speaks against it; 0 if it was not. */
    private int whole;

    PatchDraft(Drafter drafter) {
        this.drafter = drafter;
    }

    /** A patch is about to be decoded whose first {@code chosen} ids are given. */
    void begin(int[] patch, int chosen, CharChooser chooser) {
        System.arraycopy(patch, 0, ids, 0, chosen);
        this.chooser = chooser;
        first = chosen;
        end = chosen;
        whole = 0;
    }

    /**
     * Drafts the slot behind those that are decided or drafted, if it is that one.
     *
     * @return the id in the slot
     */
    int reach(int slot) {
        if (slot == end) {
            ids[slot] = drafter.draft(ids, slot, chooser);
            confidences[slot] = drafter.confidence();
            matches[slot] = drafter.matched();
            end++;
        }
        return ids[slot];
    }

    /**
     * Drafts the patch up to its EOS.
     *
     * @param least a probability below which the draft is not wanted
     * @return how probable it is; 0 if it is not wanted, or is the end patch, which nothing follows
     */
    double whole(Acceptance acceptance, double least) {
        double probability = 1;
        for (int slot = first; slot < PATCH_SIZE; slot++) {
            boolean ends = reach(slot) == EOS || slot == PATCH_SIZE - 1;
            probability *= acceptance.of(confidences[slot]);
            if (probability < least || ids[0] == BOS) {
                return 0;
            }
            if (ends) {
                whole = slot + 1;
                return probability;
            }
        }
        return 0;
    }

    /** The whole patch as the context will have it, with padding; {@code [16]}. */
    int[] padded() {
        int[] padded = Arrays.copyOf(ids, PATCH_SIZE);
        Arrays.fill(padded, whole, PATCH_SIZE, PAD);
        return padded;
    }

    /** Whether the patch, now decided, equals the draft of the whole patch. */
    boolean isWhole(int length) {
        return whole == length;
    }

    /**
     * A slot is decided.
     *
     * @return whether its draft was right; without one it was not
     */
    boolean decided(int slot, int id) {
        boolean right = slot < end && ids[slot] == id;
        if (!right) {
            ids[slot] = id;
            end = slot + 1;
            whole = 0;
        }
        return right;
    }

    /** Returns the decided ids and the drafts behind them. */
    int[] ids() {
        return ids;
    }

    /** Returns the confidence of the drafter in a slot. */
    double confidence(int slot) {
        return confidences[slot];
    }

    /** Length of the longest context of the draft of a slot that was met before. */
    int matched(int slot) {
        return matches[slot];
    }
}
