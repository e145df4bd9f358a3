package io.notagenbench.schemes;

import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.loss.PrecisionLoss;
import java.util.List;
import java.util.stream.Stream;

/** Pieces of which every character is given, and the logits of fp32 that others are held against. */
final class LossCheck {

    private final List<int[]> contexts;
    private final double[][][] right;

    /** @param fp32 is not needed afterwards */
    LossCheck(List<int[]> contexts, NotaGenModel fp32) {
        this.contexts = contexts;
        right = logits(fp32);
    }

    /** What a model loses, over the characters of all pieces. */
    PrecisionLoss of(NotaGenModel model) {
        return PrecisionLoss.of(right, logits(model));
    }

    private double[][][] logits(NotaGenModel model) {
        return contexts.stream().flatMap(context -> Stream.of(PrecisionLoss.logits(model, context))).toArray(double[][][]::new);
    }

    /** Characters of all pieces. */
    int characters() {
        return Stream.of(right).mapToInt(patch -> patch.length).sum();
    }
}
