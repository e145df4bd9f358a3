package io.notagenbench.engine.onnx.graph;

/** Where the whole numbers 0 to 255 lie among the activations of a row that is rounded to them. */
enum ActivationRange {
    /** On both sides of 0: what comes from a LayerNorm or from attention. */
    SYMMETRIC(128, 0),
    /** Mostly above 0: gelu is never below -0.17, so few numbers are needed there, and the steps become finer. */
    GELU(32, 0.17005f);

    private static final int NUMBERS = 255;

    private final int zero;
    private final float below;

    /** @param below how far activations go below 0 at most, whatever goes above it; 0 where as far as above */
    ActivationRange(int zero, float below) {
        this.zero = zero;
        this.below = below;
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

    /** The least size of the largest activation with which the lowest ones fit. */
    float leastSize() {
        return below / zero * above();
    }
}
