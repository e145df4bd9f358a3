package io.notagenbench.engine;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.sampling.SamplerSettings;

/**
 * What the characters of one patch are drawn with inside an engine.
 *
 * @param settings top-k, top-p and temperature
 * @param uniforms uniform random number in [0, 1) of each slot, {@code [16]}
 * @param given    id of each slot that overrules the one drawn, {@code [16]}; {@link #NONE} where the draw decides
 */
public record PatchDraws(SamplerSettings settings, double[] uniforms, int[] given) {

    /** In {@link #given}: the draw decides. */
    public static final int NONE = -1;

    public PatchDraws {
        if (uniforms.length != PATCH_SIZE || given.length != PATCH_SIZE) {
            throw new IllegalArgumentException("a patch has " + PATCH_SIZE + " slots, not " + uniforms.length
                    + " uniform numbers and " + given.length + " given ids");
        }
    }

    /** Returns the id that is decided for a slot for which {@code drawn} was drawn. */
    public int decided(int slot, int drawn) {
        return given[slot] == NONE ? drawn : given[slot];
    }

    /**
     * @throws IllegalArgumentException if a slot has no uniform number in [0, 1), or its given id is not in the
     *                                  vocabulary
     */
    void require(int slot) {
        if (!(uniforms[slot] >= 0 && uniforms[slot] < 1)) {
            throw new IllegalArgumentException(uniforms[slot] + " of slot " + slot + " is not in [0, 1)");
        }
        if (given[slot] < NONE || given[slot] >= VOCABULARY) {
            throw new IllegalArgumentException("id " + given[slot] + " of slot " + slot + " is not in the vocabulary");
        }
    }
}
