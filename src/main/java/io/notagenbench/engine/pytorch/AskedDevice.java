package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;

/** The device that was asked for, and where PyTorch really computes: DJL takes the CPU in silence where a GPU is missing. */
final class AskedDevice {

    private AskedDevice() {
    }

    /** DJL's name of a device. */
    static ai.djl.Device of(Device device) {
        return switch (device.kind()) {
            case CPU -> ai.djl.Device.cpu();
            case CUDA -> ai.djl.Device.gpu(device.index());
        };
    }

    /**
     * @param asked  the device of the settings
     * @param actual where an output of the model lies
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if they are not the same
     */
    static void require(Device asked, ai.djl.Device actual) {
        if (!of(asked).equals(actual)) {
            throw Fault.failed("DEVICE_FALLBACK: PyTorch was asked for device=" + asked.label() + " and computes on " + actual
                    + ": choose the device that is there, or see what is missing with: java -jar benchmarks.jar doctor");
        }
    }
}
