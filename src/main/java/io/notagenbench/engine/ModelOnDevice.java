package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model on CUDA devices: takes them before it is loaded, waits for them after each call, gives them back at the end.
 */
public final class ModelOnDevice implements NotaGenModel {

    private final NotaGenModel model;
    private final List<DeviceMemoryCheck> holdings;
    private boolean closed;

    private ModelOnDevice(NotaGenModel model, List<DeviceMemoryCheck> holdings) {
        this.model = model;
        this.holdings = List.copyOf(holdings);
    }

    /**
     * Loads a model where its settings say. On CUDA devices it is refused if it would not fit, and its weights must be
     * there afterwards.
     *
     * @param loader loads it into its engine
     * @return the model, on CUDA devices together with them
     * @throws io.notagenbench.fault.Fault (failed) if a device is absent, busy or too small; with {@code
     *                                     DEVICE_FALLBACK} in front if a device did not lose the memory of the weights
     */
    public static NotaGenModel open(EngineSettings settings, ModelConfig config, Supplier<NotaGenModel> loader) {
        if (settings.device().kind() == Device.Kind.CPU) {
            return loader.get();
        }
        List<DeviceMemoryCheck> holdings = new ArrayList<>();
        NotaGenModel model = null;
        try {
            needs(settings, config).forEach((index, fit) -> holdings.add(
                    new DeviceMemoryCheck(settings, new Device(Device.Kind.CUDA, index), weightBytes(settings, config, index), fit.bytes())));
            model = loader.get();
            for (DeviceMemoryCheck holding : holdings) {
                holding.loaded(settings);
            }
            return new ModelOnDevice(model, holdings);
        } catch (RuntimeException | Error e) {
            if (model != null) {
                model.close();
            }
            holdings.forEach(DeviceMemoryCheck::abandon);
            throw e;
        }
    }

    /** What each device has to hold, by its ordinal: one that holds both parts of a model has the engine once. */
    static Map<Integer, MemoryFit> needs(EngineSettings settings, ModelConfig config) {
        List<MemoryFit> parts = MemoryFit.parts(config, settings.precision(), config.rows(), 1, settings.device());
        Map<Integer, MemoryFit> needs = new TreeMap<>();
        for (int part = 0; part < parts.size(); part++) {
            needs.merge(settings.device().indices().get(part), parts.get(part), MemoryFit::besides);
        }
        return needs;
    }

    /** Bytes of the weights on one device, in the form that the backend keeps them in. */
    private static long weightBytes(EngineSettings settings, ModelConfig config, int index) {
        List<ModelPart> parts = ModelPart.of(config, settings.device());
        return IntStream.range(0, parts.size()).filter(part -> settings.device().indices().get(part) == index)
                .mapToLong(part -> WeightFormat.of(settings.backend(), settings.precision(), settings.device().kind()).bytes(parts.get(part))).sum();
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
        return holdings.stream().map(DeviceMemoryCheck::place).collect(Collectors.joining(" + "));
    }

    @Override
    public EngineSession newSession(int window) {
        return new SynchronizingSession(model.newSession(window), this::synchronize);
    }

    @Override
    public BatchSession newBatch(int slots, int window) {
        return new SynchronizingBatchSession(model.newBatch(slots, window), this::synchronize);
    }

    private void synchronize() {
        holdings.forEach(DeviceMemoryCheck::synchronize);
    }

    /** Frees the model, prints how much memory is free again and gives the devices back. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            model.close();
        } finally {
            holdings.forEach(DeviceMemoryCheck::giveBack);
        }
    }
}
