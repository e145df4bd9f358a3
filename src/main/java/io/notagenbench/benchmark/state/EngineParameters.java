package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.LoadedMemory;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Defaults;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Which model runs, and how: the parameters of every state that owns one. */
@State(Scope.Benchmark)
public abstract class EngineParameters {

    /**
     * {@code tiny} is the embedded trained checkpoint; {@code small}, {@code medium} and {@code large} have the
     * published sizes and synthetic weights; or the path of a checkpoint file.
     */
    @Param(Defaults.MODEL)
    public String model;

    /** All of them, side by side. */
    @Param
    public Backend backend;

    /** {@code cpu}; another is refused where the engine has none, never replaced. */
    @Param(Defaults.DEVICE)
    public String device;

    /** {@code cuda}, ONNX Runtime's own kernels on cards; {@code tensorrt} is refused where it cannot be. */
    @Param(Defaults.PROVIDER)
    public String provider;

    /** {@code device}: keys and values stay where the model is; {@code host} has ONNX Runtime send them to a card with every call. */
    @Param(Defaults.CACHES)
    public String caches;

    /** {@code fp32}, the precision of the published weights; a format that the engine lacks is refused. */
    @Param(Defaults.PRECISION)
    public String precision;

    /** CPU threads of one model call; 0 is one for each physical core. */
    @Param(Defaults.THREADS)
    public String threads;

    /** What the parameters ask of the engine. */
    public EngineSettings settings() {
        return EngineSettings.of(ParameterFields.of(this));
    }

    /**
     * Starts the engine and loads the weights.
     *
     * @return the model, to be closed
     * @throws io.notagenbench.fault.Fault if there is no such model, or the engine cannot run it so
     */
    NotaGenModel open() {
        NotaGenModel opened = open(settings());
        tellPlace(List.of(opened));
        return opened;
    }

    /** As {@link #open()}, with other settings than these parameters ask for; does not say where it is. */
    NotaGenModel open(EngineSettings settings) {
        try (Weights weights = ModelSource.open(model)) {
            return BackendProvider.of(settings.backend()).open(settings, weights);
        }
    }

    /** Says where models on cards are: the row of a sweep takes it from here. */
    void tellPlace(List<NotaGenModel> opened) {
        if (opened.get(0).settings().device().kind() != Device.Kind.CPU) {
            System.out.println("device=" + device + " is "
                    + opened.stream().map(NotaGenModel::place).collect(Collectors.joining(" / ")));
        }
    }

    /** Says what the process takes with a model, for {@code -prof rss}. */
    static void announce(NotaGenModel loaded) {
        LoadedMemory.announce(weightBytes(loaded));
    }

    static long weightBytes(NotaGenModel loaded) {
        return MemoryFit.weightBytes(loaded.config(), loaded.settings().precision());
    }
}
