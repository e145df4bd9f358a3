package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.device.cuda.CudaLease;
import io.notagenbench.device.cuda.DeviceMemory;
import io.notagenbench.fault.Fault;
import java.util.Locale;
import java.util.function.Supplier;

/** A model and the CUDA device that it owns from before it is loaded until after it is closed. */
public final class OwnedModel implements NotaGenModel {

    private static final double GIB = 1 << 30;

    private final NotaGenModel model;
    private final CudaLease lease;
    private final DeviceMemory loaded;
    private boolean closed;

    private OwnedModel(NotaGenModel model, CudaLease lease, DeviceMemory loaded) {
        this.model = model;
        this.lease = lease;
        this.loaded = loaded;
    }

    /**
     * Loads a model where its settings say. On a CUDA device it is refused if it would not fit, and its weights must be
     * there afterwards.
     *
     * @param loader loads it into its engine
     * @return the model, on a CUDA device together with it
     * @throws Fault (failed) if the device is absent, busy or too small; with {@code DEVICE_FALLBACK} in front if the
     *               device did not lose the memory of the weights
     */
    public static NotaGenModel open(EngineSettings settings, ModelConfig config, Supplier<NotaGenModel> loader) {
        if (settings.device().kind() == Device.Kind.CPU) {
            return loader.get();
        }
        MemoryFit fit = MemoryFit.of(config, settings.precision(), config.rows(), 1, Device.Kind.CUDA);
        CudaLease lease = CudaLease.take(settings.device().index(), fit.bytes());
        NotaGenModel model = null;
        try {
            model = loader.get();
            lease.synchronize();
            DeviceMemory after = lease.memory();
            requireOnDevice(settings, fit.weights(), lease.before(), after);
            return new OwnedModel(model, lease, after);
        } catch (RuntimeException | Error e) {
            if (model != null) {
                model.close();
            }
            lease.close();
            throw e;
        }
    }

    /**
     * The weights must have gone to the device: an engine that computes elsewhere leaves its memory free.
     *
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if they have not
     */
    static void requireOnDevice(EngineSettings settings, long weightBytes, DeviceMemory before, DeviceMemory after) {
        long taken = before.freeBytes() - after.freeBytes();
        if (taken < weightBytes) {
            throw Fault.failed(String.format(Locale.ROOT, "DEVICE_FALLBACK: %s was asked for device=%s and took %d MiB there,"
                    + " less than the %d MiB of its weights: it computes elsewhere; see what is missing with: java -jar"
                    + " benchmarks.jar doctor", settings.backend().label(), settings.device().label(), taken >> 20,
                    weightBytes >> 20));
        }
    }

    @Override
    public ModelConfig config() {
        return model.config();
    }

    @Override
    public EngineSettings settings() {
        return model.settings();
    }

    @Override
    public String place() {
        return String.format(Locale.ROOT, "%s at %s: %.2f GiB free before, %.2f GiB after loading", lease.device().name(),
                lease.device().busId(), lease.before().freeBytes() / GIB, loaded.freeBytes() / GIB);
    }

    @Override
    public EngineSession newSession(int window) {
        return new OwnedSession(model.newSession(window), lease);
    }

    /** Refused: on a device no batch has been run yet. */
    @Override
    public BatchSession newBatch(int slots, int window) {
        return model.newBatch(slots, window);
    }

    /** Frees the model, says what is free again and gives the device back. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lease) {
            model.close();
            System.err.printf(Locale.ROOT, "device=%s: %.2f GiB free before the model, %.2f GiB with it, %.2f GiB after it%n",
                    settings().device().label(), lease.before().freeBytes() / GIB, loaded.freeBytes() / GIB,
                    lease.memory().freeBytes() / GIB);
        }
    }
}
