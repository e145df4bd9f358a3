package io.notagenbench.device;

import java.util.Map;

/**
 * How long PyTorch's threads spin while they wait for each other. By default libgomp spins for milliseconds: as soon as
 * another process wants one of the cores, the thread that is waited for does not run until the scheduler takes the core
 * from the one that spins, at every parallel region, and an operator becomes hundreds of times slower.
 */
public final class OpenMp {

    /**
     * A quarter of a millisecond (235 us on an EPYC). On an idle machine longer spinning gains nothing measurable, and
     * a tenth of it makes a cached patch of the tiny model a third slower; where a core is taken, every wait costs all
     * of it.
     */
    private static final String SPIN_COUNT = "10000";
    private static final String SPIN_COUNT_NAME = "GOMP_SPINCOUNT";

    private OpenMp() {
    }

    /**
     * Bounds the spinning, unless the person has decided on it. To be called before libgomp is loaded, which reads it.
     */
    public static void boundSpinning() {
        if (isUndecided(System.getenv())) {
            ProcessVariables.setDefault(SPIN_COUNT_NAME, SPIN_COUNT);
        }
    }

    /**
     * Bounds it in the same way in a child process that runs a PyTorch of its own.
     *
     * @param environment variables of the child, changed
     */
    public static void boundSpinning(Map<String, String> environment) {
        if (isUndecided(environment)) {
            environment.put(SPIN_COUNT_NAME, SPIN_COUNT);
        }
    }

    private static boolean isUndecided(Map<String, String> environment) {
        return !environment.containsKey("OMP_WAIT_POLICY") && !environment.containsKey(SPIN_COUNT_NAME);
    }
}
