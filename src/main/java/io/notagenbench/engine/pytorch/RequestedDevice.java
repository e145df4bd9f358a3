package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;

/** Compares the requested device with the one that PyTorch uses: without a GPU, DJL silently takes the CPU. */
final class RequestedDevice {

    private RequestedDevice() {
    }

    /** DJL's name of a single device. */
    static ai.djl.Device of(Device device) {
        return switch (device.kind()) {
            case CPU -> ai.djl.Device.cpu();
            case CUDA -> ai.djl.Device.gpu(device.index());
        };
    }

    /**
     * PyTorch must see the device before it is used: DJL loads the natives for the CPU if it counts no GPU.
     *
     * @param engine name and version of the engine
     * @param asked  the device of the settings, all parts of which must be there
     * @param gpus   that DJL counts
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if the device is not among them
     */
    static void requireCounted(String engine, Device asked, int gpus) {
        if (asked.kind() == Device.Kind.CUDA && asked.indices().stream().anyMatch(index -> index >= gpus)) {
            throw Fault.failed(Outcome.DEVICE_FALLBACK, engine + " was asked for device=" + asked.label() + " and finds " + gpus
                    + " CUDA devices: the NVIDIA driver may be too old for CUDA 12 (nvidia-smi shows its version, 525 or newer"
                    + " is needed), or this process began on the CPU; choose device=cpu.");
        }
    }

    /**
     * @param asked  the device of the settings, a single one
     * @param actual where an output of the model lies
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if they are not the same
     */
    static void require(Device asked, ai.djl.Device actual) {
        if (!of(asked).equals(actual)) {
            throw Fault.failed(Outcome.DEVICE_FALLBACK, "PyTorch was asked for device=" + asked.label() + " and computes on " + actual
                    + ": choose the device that is there, or see what is missing with: java -jar benchmarks.jar doctor");
        }
    }
}
