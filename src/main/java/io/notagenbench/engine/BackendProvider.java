package io.notagenbench.engine;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * One inference engine. {@link ServiceLoader} finds it, so that nothing outside its package names its classes. Nothing
 * native is loaded before {@link #open}. What has a default here may be left out of a new backend.
 */
public interface BackendProvider {

    /** The value of {@code -p backend=}, in lower case: {@code onnx}. */
    String name();

    /** Name and version of the engine, from its jar: {@code ONNX Runtime 1.29.0}. Loads nothing native. */
    String engineVersion();

    /**
     * The folder of the native libraries that it loads, or would load; empty where it has none.
     *
     * @throws Fault if there is no such folder and none can be made
     */
    default Optional<Path> libraries() {
        return Optional.empty();
    }

    /**
     * Why these settings are impossible, on any machine or on this processor, in one sentence; empty where they are
     * not.
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
     * Checks that the settings are possible, and that this machine can run them.
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
     * Why {@link NotaGenModel#newBatch} is impossible with these settings, which have {@code decoding=cached}, in one
     * sentence; empty where it is possible.
     */
    default Optional<String> batchRefusal(EngineSettings settings) {
        return Optional.of("backend=" + name() + " decodes one piece at a time: choose another backend to decode pieces"
                + " together.");
    }

    /**
     * How the weights of linear layers are rounded in a precision; empty where they are not.
     *
     * @param kind where they are multiplied: kernels of processors and of cards may want different forms
     */
    default Optional<LevelSchemes> schemes(Precision precision, Device.Kind kind) {
        return Optional.empty();
    }

    /**
     * Bytes that loading a part of a model takes on the CPU in addition to its weights, and that are free again before
     * anything is computed.
     */
    default long loadingBytes(ModelPart part, Precision precision) {
        return 0;
    }

    /**
     * Which NVIDIA cards its kernels are compiled for, in a build with {@code -Pcuda}; empty where it computes on none.
     */
    default Optional<CardKernels> cardKernels() {
        return Optional.empty();
    }

    /** What {@code RooflineBenchmark} measures in this engine; empty where it can measure nothing. */
    default Optional<RooflineProbes> probes() {
        return Optional.empty();
    }

    /** Returns all backends. */
    static List<BackendProvider> all() {
        return ServiceLoader.load(BackendProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    /** Returns the backend with this name. */
    static BackendProvider of(String name) {
        return all().stream().filter(provider -> provider.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider is registered for backend " + name));
    }
}
