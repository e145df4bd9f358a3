package io.notagenbench.load;

import io.notagenbench.fault.Fault;

/**
 * The parts of a row. Requests go on until the last measured one has ended, so that no measured request finds a server that is
 * emptier than the load would leave it.
 *
 * @param ramp   requests before the measured ones
 * @param steady requests that are measured
 */
public record Phases(int ramp, int steady) {

    private static final int MOST = 1_000_000;

    public Phases {
        if (ramp < 0 || ramp > MOST) {
            throw Fault.usage("--ramp " + ramp + " is not possible: give 0 to " + MOST + " requests.");
        }
        if (steady < 2 || steady > MOST) {
            throw Fault.usage("--requests " + steady + " is not possible: give 2 to " + MOST + ".");
        }
    }

    /** The most requests after the measured ones. */
    int tail() {
        return steady;
    }

    int all() {
        return ramp + steady + tail();
    }

    boolean isSteady(int number) {
        return number >= ramp && number < ramp + steady;
    }
}
