package io.notagenbench.report;

import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A decoder against the limits of its machine.
 *
 * @param work             what was measured and what it takes
 * @param gigabytes        10<sup>9</sup> bytes a second that the machine gives at most for so many weights
 * @param arithmeticMillis that its operations take at the measured throughput; empty where the precision has none
 */
record RooflineShare(DecodeWork work, double gigabytes, OptionalDouble arithmeticMillis) {

    /** From this share on a limit is what the time is made of. */
    private static final double MOSTLY = 0.5;
    private static final double PER_GIGA_AND_SECOND = 1e6;

    /** Empty where the row is no decoding on the CPU, or where no bandwidth was measured with its threads. */
    static Optional<RooflineShare> of(Measurement row, MachineLimits limits) {
        if (!row.params().getOrDefault(Parameter.DEVICE.label(), Defaults.DEVICE).equals(Defaults.DEVICE)) {
            return Optional.empty();
        }
        return DecodeWork.of(row).flatMap(work -> limits.bandwidth(row, work.weights()).map(bandwidth ->
                new RooflineShare(work, MachineLimits.best(bandwidth),
                        limits.arithmetic(row).map(arithmetic -> OptionalDouble.of(
                                work.cost().operations() / (MachineLimits.best(arithmetic) * PER_GIGA_AND_SECOND)))
                                .orElse(OptionalDouble.empty()))));
    }

    /** That moving its bytes takes at that bandwidth. */
    double bandwidthMillis() {
        return work.cost().bytes() / (gigabytes * PER_GIGA_AND_SECOND);
    }

    /** 10<sup>9</sup> bytes a second that it moved. */
    double reached() {
        return work.cost().bytes() / (work.milliseconds() * PER_GIGA_AND_SECOND);
    }

    /** The shortest time that the limits leave, as a part of the measured one; above 1 where caches gave more. */
    double ofLimit() {
        return Math.max(bandwidthMillis(), arithmeticMillis.orElse(0)) / work.milliseconds();
    }

    /** What the time is made of. */
    String boundBy() {
        boolean moving = bandwidthMillis() >= arithmeticMillis.orElse(0);
        if (ofLimit() < MOSTLY) {
            return arithmeticMillis.isPresent() ? "calls and small operations" : "not known";
        }
        if (!moving) {
            return "arithmetic";
        }
        return ofLimit() > 1 ? "bandwidth of the caches" : "bandwidth";
    }
}
