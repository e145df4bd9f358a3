package io.notagenbench.engine;

import io.notagenbench.device.cuda.CudaLease;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Owns one device for something other than a model, as {@link ModelOnDevice} does for a model. */
public final class DeviceOwner implements AutoCloseable {

    private final EngineSettings settings;
    private final List<DeviceMemoryCheck> holdings;

    private DeviceOwner(EngineSettings settings, List<DeviceMemoryCheck> holdings) {
        this.settings = settings;
        this.holdings = holdings;
    }

    /**
     * Takes the device of settings; on the CPU there is nothing to take.
     *
     * @param bytes that are to go there
     * @throws io.notagenbench.fault.Fault (failed) if the device is absent, busy or too small, (usage) if it is several
     */
    public static DeviceOwner of(EngineSettings settings, long bytes) {
        settings.device().requireSingle();
        return new DeviceOwner(settings, settings.device().kind() == Device.Kind.CPU ? List.of()
                : List.of(new DeviceMemoryCheck(settings, settings.device(), bytes, bytes + MemoryFit.CUDA_ENGINE_BYTES)));
    }

    /**
     * Memory of the card of settings.
     *
     * @throws io.notagenbench.fault.Fault (failed) if the device is absent or busy, (usage) if it is several
     */
    public static long totalBytes(EngineSettings settings) {
        settings.device().requireSingle();
        try (CudaLease lease = CudaLease.take(settings.device().index(), 0)) {
            return lease.before().totalBytes();
        }
    }

    /**
     * Loads what is to live there.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with {@code DEVICE_FALLBACK} if the device did not lose
     *                                     the memory for it
     */
    public <T> T load(Supplier<T> loader) {
        try {
            T loaded = loader.get();
            holdings.forEach(holding -> holding.loaded(settings));
            return loaded;
        } catch (RuntimeException | Error e) {
            holdings.forEach(DeviceMemoryCheck::abandon);
            throw e;
        }
    }

    /** Describes the card and its free memory; empty on the CPU. */
    public String place() {
        return holdings.stream().map(DeviceMemoryCheck::place).collect(Collectors.joining());
    }

    /** Prints how much memory is free again and gives the device back. */
    @Override
    public void close() {
        holdings.forEach(DeviceMemoryCheck::giveBack);
    }
}
