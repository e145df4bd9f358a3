package io.notagenbench.report;

import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A decoder against the limits of its machine.
 *
 * @param step             what was measured and what it takes
 * @param gigabytes        10<sup>9</sup> bytes a second that the machine gives at most for weights of this size
 * @param arithmeticMillis that its operations take at the measured throughput; empty where the precision has none
 * @param launchMillis     that calling the engine and launching its operators take; empty where that was not measured
 */
record RooflineShare(MeasuredStep step, double gigabytes, OptionalDouble arithmeticMillis, OptionalDouble launchMillis) {

    /**
     * Operators of one block with fused attention: two norms, four linear layers with their biases, GELU, two sums, attention,
     * and what brings keys and values into the cache. Supposed, not counted: engines differ.
     */
    static final int OPERATORS = 14;

    /**
     * Operators of one block of transformers' GPT-2 without fused attention: two norms, four linear layers, two products of
     * attention with scale, mask, softmax and copies, eight for gelu_new, two residual sums.
     */
    static final int OPERATORS_OF_ORIGINAL = 25;

    /** From this share on a limit is what the time is made of. */
    private static final double MOSTLY = 0.5;
    private static final double PER_GIGA_AND_SECOND = 1e6;
    private static final double MICRO = 1e-3;

    /** Empty where the row decodes nothing, or where no bandwidth was measured on its device with its threads. */
    static Optional<RooflineShare> of(Measurement row, MachineLimits limits) {
        return MeasuredStep.of(row).flatMap(step -> limits.bandwidth(row, step.weights()).map(bandwidth ->
                new RooflineShare(step, MachineLimits.best(bandwidth), arithmetic(row, step, limits), launches(row, step, limits))));
    }

    private static OptionalDouble arithmetic(Measurement row, MeasuredStep step, MachineLimits limits) {
        return limits.arithmetic(row).map(arithmetic -> OptionalDouble.of(
                step.cost().operations() / (MachineLimits.best(arithmetic) * PER_GIGA_AND_SECOND))).orElse(OptionalDouble.empty());
    }

    /** One pass after the other, and in each one operator after the other. */
    private static OptionalDouble launches(Measurement row, MeasuredStep step, MachineLimits limits) {
        OptionalDouble call = limits.micros(LimitKind.CALL, row);
        OptionalDouble launch = limits.micros(LimitKind.LAUNCH, row);
        if (call.isEmpty() || launch.isEmpty()) {
            return OptionalDouble.empty();
        }
        String decoding = row.params().getOrDefault(Parameter.DECODING.label(), Defaults.DECODING);
        double operators = step.cost().blocks() * (decoding.equals("recompute") ? OPERATORS_OF_ORIGINAL : OPERATORS);
        // a whole patch is one call behind that of the patch level
        double calls = decoding.equals("fused") ? Math.min(2, step.cost().passes()) : step.cost().passes();
        return OptionalDouble.of(MICRO * (calls * call.getAsDouble() + operators * launch.getAsDouble()));
    }

    /** That moving its bytes takes at that bandwidth. */
    double bandwidthMillis() {
        return step.cost().bytes() / (gigabytes * PER_GIGA_AND_SECOND);
    }

    /** 10<sup>9</sup> bytes a second that it moved. */
    double reached() {
        return step.cost().bytes() / (step.milliseconds() * PER_GIGA_AND_SECOND);
    }

    /** The shortest time that the limits leave, as a part of the measured one; above 1 where caches gave more. */
    double ofLimit() {
        return longest() / step.milliseconds();
    }

    private double longest() {
        return Math.max(bandwidthMillis(), Math.max(arithmeticMillis.orElse(0), launchMillis.orElse(0)));
    }

    /** What the time is made of. */
    String boundBy() {
        if (ofLimit() < MOSTLY) {
            return arithmeticMillis.isPresent() ? "calls and small operations" : "not known";
        }
        if (longest() == launchMillis.orElse(0)) {
            return "launches";
        }
        if (longest() == arithmeticMillis.orElse(0)) {
            return "arithmetic";
        }
        return ofLimit() > 1 ? "bandwidth of the caches" : "bandwidth";
    }
}
