package io.notagenbench.engine;

import io.notagenbench.checkpoint.Weights;
import java.util.Optional;
import java.util.ServiceLoader;

/** One inference engine, found by {@link ServiceLoader}. Nothing native is loaded before {@link #open}. */
public interface BackendProvider {

    Backend backend();

    /** Name and version of the engine, from its jar: {@code ONNX Runtime 1.29.0}. Loads nothing native. */
    String engineVersion();

    /** Why this backend cannot run these settings, in one sentence; empty where it can. */
    Optional<String> refusal(EngineSettings settings);

    /**
     * Loads natives, builds the engine's form of the model and hands it the weights.
     *
     * @throws io.notagenbench.fault.Fault if {@link #refusal} has a reason, or the engine cannot be started
     */
    NotaGenModel open(EngineSettings settings, Weights weights);

    /** The provider of a backend. */
    static BackendProvider of(Backend backend) {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.backend() == backend)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider is registered for backend " + backend.label()));
    }
}
