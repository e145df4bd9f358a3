package io.notagenbench.benchmark.state;

import io.notagenbench.engine.Device;
import io.notagenbench.results.ForkReporter;

/** Says where a benchmark on a card runs: in the log for people, and to the sweep for the row of the cell. */
final class Placement {

    private Placement() {
    }

    /** @param place the card, and what was free there */
    static void announce(Device device, String place) {
        announce(device, device.label(), place);
    }

    /**
     * The same for several devices.
     *
     * @param first of them; all are of its kind
     * @param names as {@code -p device=} has them
     */
    static void announce(Device first, String names, String place) {
        if (first.kind() != Device.Kind.CPU) {
            System.out.println("device=" + names + " is " + place);
            ForkReporter.onDevice(place);
        }
    }
}
