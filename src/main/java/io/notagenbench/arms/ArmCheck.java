package io.notagenbench.arms;

import io.notagenbench.results.Verification;
import java.util.Optional;

/**
 * How exact one arm is.
 *
 * @param arm          the arm
 * @param loss         what its precision loses over a piece
 * @param hiddenError  largest error of a hidden state against the forward pass in double precision
 * @param logitError   largest error of a logit against it
 * @param magnitude    largest logit or hidden value of that pass, which rounding grows with
 * @param sameText     whether it wrote the text that fp32 writes
 * @param divergence   the first draw at which it did not
 * @param seconds      to write its text
 */
record ArmCheck(Arm arm, PrecisionLoss loss, double hiddenError, double logitError, double magnitude,
        boolean sameText, Optional<DrawLog.Divergence> divergence, double seconds) {

    /** Largest error of fp32 on values of up to 1. */
    private static final double TOLERANCE = 2e-5;

    /** A draw nearer than this to the boundary that it crossed is rounding in fp32, further away a defect. */
    private static final double ROUNDING = 1e-5;

    private boolean exact() {
        double allowed = TOLERANCE * Math.max(1, magnitude);
        return hiddenError <= allowed && logitError <= allowed;
    }

    /** Another text is a defect unless rounding alone led to it. */
    private boolean textIsRight() {
        return sameText || divergence.isPresent() && divergence.get().margin() < ROUNDING;
    }

    /** Whether an exact arm has the right values and text, and a reduced precision is still the same model. */
    boolean passes() {
        boolean sameModel = loss.divergence() <= PrecisionLoss.allowedDivergence(arm.precision());
        return sameModel && (!arm.isExact() || exact() && textIsRight());
    }

    /** Describes the first draw that led to another text; empty if the text is the same. */
    String difference() {
        return divergence.filter(first -> !sameText).map(DrawLog.Divergence::words).orElse("");
    }

    /** Returns the form in {@code verify.json}. */
    Verification.Arm result() {
        return new Verification.Arm(arm.backend(), arm.decoding().label(), arm.precision().label(), hiddenError,
                logitError, loss.divergence(), loss.agreement(), sameText, difference(), seconds, passes());
    }
}
