package io.notagenbench.profiler;

import io.notagenbench.device.cuda.CudaLease;
import io.notagenbench.device.cuda.DeviceMemory;
import io.notagenbench.device.cuda.Nvml;
import io.notagenbench.device.cuda.NvmlDevice;
import io.notagenbench.engine.Device;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The card that a benchmark computes on. It is known from the moment in which the process takes it: to look for it
 * earlier would start CUDA, and that belongs to the cold start which is timed.
 */
final class WatchedCard {

    private final Supplier<Optional<NvmlDevice>> finder;
    private final Supplier<Optional<DeviceMemory>> beforehand;
    private Optional<NvmlDevice> found = Optional.empty();

    /**
     * @param finder     the card, empty until it is known
     * @param beforehand memory of the card before the process had a context there, asked when the card is known
     */
    WatchedCard(Supplier<Optional<NvmlDevice>> finder, Supplier<Optional<DeviceMemory>> beforehand) {
        this.finder = finder;
        this.beforehand = beforehand;
    }

    /** The card of a device, or the first one for a benchmark that computes on the CPU. */
    static WatchedCard of(Nvml nvml, Device device) {
        if (device.kind() == Device.Kind.CPU) {
            Optional<NvmlDevice> first = nvml.device(0);
            Optional<DeviceMemory> memory = first.flatMap(NvmlDevice::memory);
            return new WatchedCard(() -> first, () -> memory);
        }
        Supplier<Optional<CudaLease.FoundCard>> taken = () -> CudaLease.found(device.index());
        return new WatchedCard(() -> taken.get().flatMap(card -> nvml.device(card.device().busId())),
                () -> taken.get().flatMap(CudaLease.FoundCard::beforehand));
    }

    /** The card; empty as long as the process has not taken it. */
    synchronized Optional<NvmlDevice> now() {
        if (found.isEmpty()) {
            found = finder.get();
        }
        return found;
    }

    /** Memory of the whole card before the process had a context there; empty where that is unknown. */
    Optional<DeviceMemory> beforehand() {
        return beforehand.get();
    }
}
