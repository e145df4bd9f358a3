package io.notagenbench.generate;

import io.notagenbench.checkpoint.ModelConfig;
import java.util.OptionalInt;

/**
 * The position of a run in its trace. The recorded ids are one stream: with another window, stream cuts leave other
 * partial patches, but the characters and their order are the same.
 */
final class TraceCursor {

    private static final int NONE = -1;

    private final int[] stream;
    /** The uniform number that each id was drawn with; its draft is drawn with the same. */
    private final double[] uniforms;
    private int position;
    private boolean owesEos;
    private int firstSlot;

    TraceCursor(Trace trace) {
        this.stream = trace.stream();
        this.uniforms = trace.uniforms().of(trace.patches());
    }

    /** The uniform number that the recorded id for a slot was drawn with; 0.5 where there is no record. */
    double uniform(int slot) {
        int at = position + slot - firstSlot;
        return owesEos || at >= uniforms.length ? 0.5 : uniforms[at];
    }

    /**
     * A patch is about to be decoded.
     *
     * @param from its first slot that is not text before the cursor, left as a partial patch by a stream cut
     */
    void begin(int from) {
        firstSlot = from;
        // The cut took the EOS off the patch that it left partial: as the model would, end it first.
        owesEos = from > 0 && position > 0 && stream[position - 1] == ModelConfig.EOS;
    }

    /** Returns the recorded id for a slot, or the sampled one behind an EOS or the end, where the record has none. */
    int target(int slot, int sampled) {
        int target = recorded(slot);
        return target == NONE ? sampled : target;
    }

    /** Returns the index in the stream of the id that is recorded for a slot; empty if there is none. */
    OptionalInt index(int slot) {
        boolean mine = !owesEos && recorded(slot) != NONE && !endsEarly(slot, position + slot - firstSlot);
        return mine ? OptionalInt.of(position + slot - firstSlot) : OptionalInt.empty();
    }

    /** The first {@code decided} slots of the patch are kept: the cursor moves behind what they took of the stream. */
    void accept(int decided) {
        if (owesEos) {
            return;
        }
        for (int slot = firstSlot; slot < decided && position < stream.length; slot++) {
            if (endsEarly(slot, position)) {
                return;
            }
            if (stream[position++] == ModelConfig.EOS) {
                return;
            }
        }
    }

    private int recorded(int slot) {
        if (owesEos) {
            return slot == firstSlot ? ModelConfig.EOS : NONE;
        }
        int at = position;
        for (int s = firstSlot; at < stream.length; s++, at++) {
            if (s == slot) {
                return endsEarly(s, at) ? ModelConfig.EOS : stream[at];
            }
            if (endsEarly(s, at) || stream[at] == ModelConfig.EOS) {
                return NONE;
            }
        }
        return NONE;
    }

    /** The end patch begins with BOS and is always a new patch, so a partial patch before it ends first. */
    private boolean endsEarly(int slot, int at) {
        return slot > firstSlot && stream[at] == ModelConfig.BOS;
    }
}
