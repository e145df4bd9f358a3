package io.notagenbench.engine.pytorch;

import io.notagenbench.checkpoint.TensorSpec;

/** How a tensor that is no linear layer is kept; the ordinals are the kinds of {@code take} in notagen.py. */
enum WeightForm {
    /** As it is: norms, biases, positions. */
    PLAIN,
    /** Transposed: the columns of the patch embedding become rows that can be gathered. */
    TRANSPOSED,
    /** As it is for the embedding, and packed for the tied head. */
    EMBEDDING_AND_HEAD;

    static WeightForm of(TensorSpec spec) {
        if (spec.name().equals(TensorSpec.PATCH_EMBEDDING)) {
            return TRANSPOSED;
        }
        if (spec.name().equals(TensorSpec.CHAR_EMBEDDING)) {
            return EMBEDDING_AND_HEAD;
        }
        return PLAIN;
    }
}
