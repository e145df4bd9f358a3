package io.notagenbench.generate;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.decoding.CharChooser;
import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import java.util.List;

/** Logits that say nothing: all characters alike. What is written then comes from the trace alone. */
final class IndifferentDecoder implements PatchDecoder {

    private final boolean fillsAllSlots;

    IndifferentDecoder(boolean fillsAllSlots) {
        this.fillsAllSlots = fillsAllSlots;
    }

    @Override
    public void truncate(int patches) {
        // Keeps nothing.
    }

    @Override
    public void encode(int[] context, int patches) {
        // Looks at nothing.
    }

    @Override
    public void hiddenState(float[] hidden) {
        throw new UnsupportedOperationException("there is none");
    }

    @Override
    public int decode(int[] patch, int chosen, CharChooser chooser) {
        float[] logits = new float[ModelConfig.VOCABULARY];
        for (int slot = chosen; slot < ModelConfig.PATCH_SIZE; slot++) {
            patch[slot] = chooser.choose(logits, 0, slot);
            if (patch[slot] == ModelConfig.EOS && !fillsAllSlots) {
                return slot + 1;
            }
        }
        return ModelConfig.PATCH_SIZE;
    }

    @Override
    public CharWork work() {
        return new CharWork(0, 0, List.of(), 0, 0);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
