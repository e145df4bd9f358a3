package io.notagenbench.engine.onnx.graph;

/** Where the whole numbers 0 to 255 lie among the activations of a row that is rounded to them. */
enum ActivationRange {
    /** On both sides of 0: what comes from a LayerNorm or from attention. */
    SYMMETRIC(128, Float.MIN_NORMAL),
    /** Mostly above 0: gelu is never below -0.17, so few numbers are needed there, and the steps become finer. */
    GELU(32, 0.17005f / 32);

    private static final int NUMBERS = 255;

    private final int zero;
    private final float leastStep;

    ActivationRange(int zero, float leastStep) {
        this.zero = zero;
        this.leastStep = leastStep;
    }

    boolean symmetric() {
        return this == SYMMETRIC;
    }

    /** The number of the activation 0. */
    int zero() {
        return zero;
    }

    /** How many numbers lie above it. */
    int above() {
        return NUMBERS - zero;
    }

    /** The finest step: below it the lowest activations would not fit, or the step of a row of zeros be 0. */
    float leastStep() {
        return leastStep;
    }
}
