package io.notagenbench.device.cuda;

import java.util.Optional;
import java.util.ServiceLoader;

/** NVIDIA's driver, as far as owning a device needs it. Its binding is part of builds with {@code -Pcuda} only. */
public interface CudaDriver {

    /** Whether this build has a binding; loads nothing native. */
    static boolean isInBuild() {
        return ServiceLoader.load(CudaDriver.class).stream().findAny().isPresent();
    }

    /** The binding of this build, not started yet. */
    static Optional<CudaDriver> find() {
        return ServiceLoader.load(CudaDriver.class).findFirst();
    }

    /**
     * Starts the driver in this process if it is not running. Makes no context.
     *
     * @return the number of devices that it shows, {@code CUDA_VISIBLE_DEVICES} applied
     * @throws io.notagenbench.fault.Fault (failed) if the driver does not start
     */
    int devices();

    /**
     * Describes a device without a context.
     *
     * @param index of the device, 0 to {@link #devices()} - 1
     */
    CudaDevice device(int index);

    /**
     * Retains the primary context of a device, the one that inference engines use too.
     *
     * @param index of the device, 0 to {@link #devices()} - 1
     * @return the context, to be closed
     * @throws io.notagenbench.fault.Fault (failed) if the driver gives none
     */
    CudaContext retain(int index);
}
