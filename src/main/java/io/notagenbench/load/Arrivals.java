package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** When requests of an open loop are sent, whatever becomes of the ones before. */
public enum Arrivals {
    /** Gaps are exponential: users who know nothing of each other. */
    POISSON,
    /** All gaps are equal. */
    CONSTANT;

    private static final double NANOS = 1e9;

    /** @throws Fault (usage) if there is none of this name */
    public static Arrivals of(String name) {
        return Arrays.stream(values()).filter(arrivals -> arrivals.label().equals(name)).findFirst().orElseThrow(() -> Fault.usage(
                "--arrivals " + name + " is not possible: give poisson or constant."));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The moments of arrivals in nanoseconds; the first is 0.
     *
     * @param rate requests a second
     */
    long[] offsets(int count, double rate, long seed) {
        Random random = new Random(seed);
        long[] offsets = new long[count];
        double time = 0;
        for (int i = 1; i < count; i++) {
            time += (this == CONSTANT ? 1 : -Math.log(1 - random.nextDouble())) / rate * NANOS;
            offsets[i] = (long) time;
        }
        return offsets;
    }
}
