package io.notagenbench.benchmark.state;

import io.notagenbench.engine.Device;

/** Prints the card to the log of a fork, where a sweep reads it. */
final class Placement {

    private Placement() {
    }

    /** @param place the card, and what was free there */
    static void announce(Device device, String place) {
        announce(device, device.label(), place);
    }

    /**
     * @param device the first of several
     * @param all    the parameter that names all of them
     */
    static void announce(Device device, String all, String places) {
        if (device.kind() != Device.Kind.CPU) {
            System.out.println("device=" + all + " is " + places);
        }
    }
}
