package io.notagenbench.engine;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Backend;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** One inference engine, found by {@link ServiceLoader}. Nothing native is loaded before {@link #open}. */
public interface BackendProvider {

    Backend backend();

    /** Name and version of the engine, from its jar: {@code ONNX Runtime 1.29.0}. Loads nothing native. */
    String engineVersion();

    /**
     * The folder of the native libraries that it loads, or would load.
     *
     * @throws Fault if they could be nowhere
     */
    Path libraries();

    /**
     * Why this backend has no kernel for these settings, on any machine or on this processor, in one sentence; empty where
     * it has.
     */
    Optional<String> refusal(EngineSettings settings);

    /**
     * What this machine or this build lacks to run these settings, in one sentence with the fix; empty where nothing is
     * missing. Loads nothing native and calls nothing on a device.
     */
    default Optional<String> missing(EngineSettings settings) {
        return settings.device().kind() == Device.Kind.CUDA
                ? CudaPresence.look().missing("device=" + settings.device().label()) : Optional.empty();
    }

    /**
     * Holds settings against what can be and what is here.
     *
     * @throws Fault (usage) if {@link #refusal} has a reason, (failed) if something is {@link #missing}
     */
    default void require(EngineSettings settings) {
        refusal(settings).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
        missing(settings).ifPresent(reason -> {
            throw Fault.failed(reason);
        });
    }

    /**
     * Loads natives, builds the engine's form of the model and hands it the weights.
     *
     * @throws Fault if {@link #require} has one, or the engine cannot be started
     */
    NotaGenModel open(EngineSettings settings, Weights weights);

    /**
     * Loads the linear layers of a model's patch level alone.
     *
     * @throws Fault if {@link #require} has one, or the engine cannot be started
     */
    LinearLayers linearLayers(EngineSettings settings, Weights weights);

    /**
     * Sets memory aside for the engine's own sum; zeros at first.
     *
     * @param elements number of fp32 elements
     * @throws Fault if the engine cannot be started, cannot hold so many, or keeps none of its caller's on the device
     */
    ReadBuffer readBuffer(EngineSettings settings, long elements);

    /**
     * Sets memory aside that is copied within the device, and to it and from it; zeros at first.
     *
     * @param elements number of fp32 elements, even
     * @throws Fault as {@link #readBuffer}
     */
    DeviceBuffer deviceBuffer(EngineSettings settings, long elements);

    /**
     * Builds a chain of operators.
     *
     * @param operators at least 1
     * @throws Fault if the engine cannot be started
     */
    OperatorChain operatorChain(EngineSettings settings, int operators);

    /** The provider of a backend. */
    static BackendProvider of(Backend backend) {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.backend() == backend)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider is registered for backend " + backend.label()));
    }
}
