package io.notagenbench.sampling;

import io.notagenbench.fault.Fault;

/**
 * How characters are sampled (notagen.md, section 2).
 *
 * @param topK        keep the k most probable characters; 0 or less keeps all
 * @param topP        keep the most probable characters up to this cumulative probability; only values between 0 and 1
 *                    have an effect
 * @param temperature exponent 1/T of the probabilities that are kept; 1 leaves them as they are, and close to 0 only
 *                    the most probable character is left
 */
public record SamplerSettings(int topK, double topP, double temperature) {

    /** At this temperature only the most probable character is left, and 1/T is still finite. */
    private static final double LEAST_TEMPERATURE = 1e-12;

    public SamplerSettings {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw Fault.usage("temperature=" + temperature
                    + " is not allowed: give a number above 0 (for greedy decoding use topK=1)");
        }
        if (!(topP >= 0)) {
            throw Fault.usage("topP=" + topP + " is not allowed: give a probability between 0 and 1, or 1 to keep all");
        }
        temperature = Math.max(temperature, LEAST_TEMPERATURE);
    }
}
