package io.notagenbench.benchmark.state;

import io.notagenbench.engine.Device;

/** Says in the log of a fork on which card it is, from where the row of a sweep takes it. */
final class Placement {

    private Placement() {
    }

    /** @param place the card, and what was free there */
    static void announce(Device device, String place) {
        if (device.kind() != Device.Kind.CPU) {
            System.out.println("device=" + device.label() + " is " + place);
        }
    }
}
