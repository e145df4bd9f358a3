package io.notagenbench.report;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.Backend;
import io.notagenbench.engine.DecodeCost;
import io.notagenbench.engine.PassCost;
import io.notagenbench.engine.Precision;

/**
 * What a patch should take on a machine that was not measured, as the original computes it: fp32, everything again for
 * every patch and every character, one kernel after the other from Python. A pass takes the longest of moving its bytes,
 * its arithmetic, and launching its kernels, which goes on beside the device; the draw of each character adds to it.
 *
 * @param launching of a patch's milliseconds, those of passes that launches bound
 * @param moving    those of passes that bytes bound
 * @param computing those of passes that arithmetic bounds
 * @param drawing   those in which the characters are drawn
 */
record CardPrediction(double launching, double moving, double computing, double drawing) {

    /**
     * What is supposed of any machine. Nothing of it has been measured on a card.
     *
     * @param bandwidthShare  of the published bandwidth that a matrix product of few rows reaches
     * @param arithmeticShare of the published arithmetic that it reaches
     * @param launchMicros    from one kernel to the next, called from Python
     * @param drawMicros      to draw a character: softmax, copy to the host, some thirty calls of numpy
     */
    record Supposition(double bandwidthShare, double arithmeticShare, double launchMicros, double drawMicros) {
    }

    /** As fast as it may be. */
    static final Supposition FAST = new Supposition(0.9, 0.8, 5, 100);
    /** As slow as it may be. */
    static final Supposition SLOW = new Supposition(0.6, 0.3, 15, 400);

    /**
     * Kernels of one block of transformers' GPT-2 without fused attention: two norms, four linear layers, two products of
     * attention with scale, mask, softmax and copies, eight for gelu_new, two residual sums.
     */
    static final int KERNELS = 25;

    /**
     * @param context   patches in the context of the mean call
     * @param gigabytes 10<sup>9</sup> bytes a second
     * @param teraflops 10<sup>12</sup> operations a second
     */
    static CardPrediction of(ModelConfig config, double context, double gigabytes, double teraflops, Supposition supposed) {
        PassCost pass = new PassCost(config, Backend.PYTORCH, Precision.FP32);
        CardPrediction all = pass(pass.patches(context, 0), config.patchLayers(), gigabytes, teraflops, supposed);
        for (int rows = 1; rows <= PATCH_SIZE; rows++) {
            all = all.plus(pass(pass.chars(rows, 0), config.charLayers(), gigabytes, teraflops, supposed));
        }
        return all.plus(new CardPrediction(0, 0, 0, PATCH_SIZE * supposed.drawMicros() / 1e3));
    }

    private static CardPrediction pass(DecodeCost cost, int layers, double gigabytes, double teraflops, Supposition supposed) {
        double moving = cost.bytes() / (gigabytes * supposed.bandwidthShare() * 1e6);
        double computing = cost.operations() / (teraflops * supposed.arithmeticShare() * 1e9);
        double launching = layers * KERNELS * supposed.launchMicros() / 1e3;
        double longest = Math.max(launching, Math.max(moving, computing));
        return longest == launching ? new CardPrediction(launching, 0, 0, 0)
                : longest == moving ? new CardPrediction(0, moving, 0, 0) : new CardPrediction(0, 0, computing, 0);
    }

    private CardPrediction plus(CardPrediction other) {
        return new CardPrediction(launching + other.launching, moving + other.moving, computing + other.computing,
                drawing + other.drawing);
    }

    /** Milliseconds of a patch. */
    double milliseconds() {
        return launching + moving + computing + drawing;
    }

    /** What most of the time is made of. */
    String boundBy() {
        double most = Math.max(Math.max(launching, drawing), Math.max(moving, computing));
        return most == launching ? "launches" : most == moving ? "bandwidth" : most == computing ? "arithmetic" : "drawing";
    }
}
