package io.notagenbench.cli;

import io.notagenbench.arms.PrecisionLoss;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.Optional;

/**
 * How exact one arm is.
 *
 * @param backend      inference engine
 * @param decoding     how it decoded
 * @param precision    number format of its weights
 * @param loss         what that loses over a piece
 * @param hiddenError  largest error of a hidden state against the fp64 reference
 * @param logitError   largest error of a logit against it
 * @param magnitude    largest logit or hidden value of the reference, which rounding grows with
 * @param sameText     whether it wrote the text of the first arm
 * @param divergence   the first draw at which it did not
 * @param seconds      to write its text
 */
record ArmCheck(Backend backend, Decoding decoding, Precision precision, PrecisionLoss loss, double hiddenError, double logitError, double magnitude,
        boolean sameText, Optional<DrawLog.Divergence> divergence, double seconds) {

    /** The error that fp32 may have on values of up to 1. */
    static final double TOLERANCE = 2e-5;

    /** A draw nearer than this to the boundary that it crossed is rounding in fp32, further away a defect. */
    static final double ROUNDING = 1e-5;

    boolean exact() {
        double allowed = TOLERANCE * Math.max(1, magnitude);
        return hiddenError <= allowed && logitError <= allowed;
    }

    /** Another text is a defect unless rounding alone led to it. */
    boolean textIsRight() {
        return sameText || divergence.isPresent() && divergence.get().margin() < ROUNDING;
    }

    /** In fp32 values and text must be right; a reduced precision must stay the same model. */
    boolean passes() {
        boolean sameModel = loss.divergence() <= PrecisionLoss.allowedDivergence(precision);
        return sameModel && (precision != Precision.FP32 || exact() && textIsRight());
    }
}
