package io.notagenbench.engine;

import io.notagenbench.device.cuda.CudaLease;
import io.notagenbench.device.cuda.DeviceMemory;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.util.Locale;

/** Takes one CUDA device for a model, and checks that the weights went to its memory. */
final class DeviceMemoryCheck {

    private static final double GIB = 1 << 30;
    /**
     * The driver gives memory away in pages of 2 MiB, and PyTorch takes segments of 20 MiB whose rest another model may
     * fill.
     */
    private static final long ALLOCATOR_BYTES = 64 << 20;
    /** A format may keep a little less than is predicted: int4 with scales in bf16 on PyTorch 2.4 %. */
    private static final double LEAST_SHARE = 0.95;

    private final Device device;
    private final long weightBytes;
    private final CudaLease lease;
    private DeviceMemory loaded;

    /**
     * Takes the device.
     *
     * @param settings    of the model
     * @param device      a single one
     * @param weightBytes of the part of the model that is to go there
     * @param neededBytes all that it is predicted to take there
     * @throws Fault (failed) if the device is absent, busy or too small; (usage) with {@code SKIPPED} in front if the
     *               backend has no kernels for it
     */
    DeviceMemoryCheck(EngineSettings settings, Device device, long weightBytes, long neededBytes) {
        this.device = device;
        this.weightBytes = weightBytes;
        lease = CudaLease.take(device.index(), neededBytes);
        loaded = lease.before();
        try {
            CardKernels.require(settings, lease.device());
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /**
     * The model has been loaded.
     *
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if the device did not lose the memory of the
     *               weights
     */
    void loaded(EngineSettings settings) {
        lease.synchronize();
        loaded = lease.memory();
        requireOnDevice(settings.backend(), device, weightBytes, lease.before(), loaded);
    }

    /**
     * Checks that the weights went to the device: an engine that computes elsewhere leaves its memory free. Small
     * weights prove nothing, because they may go into memory that the engine's allocator already holds. For them the
     * check is that the first result comes from the device.
     *
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if they have not
     */
    static void requireOnDevice(String backend, Device device, long weightBytes, DeviceMemory before, DeviceMemory after) {
        long taken = before.freeBytes() - after.freeBytes();
        if (taken < weightBytes * LEAST_SHARE - ALLOCATOR_BYTES) {
            throw Fault.failed(Outcome.DEVICE_FALLBACK, String.format(Locale.ROOT, "%s was asked for device=%s and took %d MiB there,"
                    + " less than the %d MiB of its weights: it computes elsewhere; see what is missing with: java -jar"
                    + " benchmarks.jar doctor", backend, device.label(), taken >> 20, weightBytes >> 20));
        }
    }

    /** Waits until the device has done everything that was asked of it. */
    void synchronize() {
        lease.synchronize();
    }

    /** Describes the card and its free memory. */
    String place() {
        return String.format(Locale.ROOT, "%s at %s: %.2f GiB free before, %.2f GiB after loading", lease.device().name(),
                lease.device().busId(), lease.before().freeBytes() / GIB, loaded.freeBytes() / GIB);
    }

    /** Prints how much memory is free again, and gives the device back. */
    void giveBack() {
        try (lease) {
            System.err.printf(Locale.ROOT, "device=%s: %.2f GiB free before the model, %.2f GiB with it, %.2f GiB after it%n",
                    device.label(), lease.before().freeBytes() / GIB, loaded.freeBytes() / GIB,
                    lease.memory().freeBytes() / GIB);
        }
    }

    /** Gives the device back and prints nothing: the model was not loaded. */
    void abandon() {
        lease.close();
    }
}
