package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.LoadedMemory;
import io.notagenbench.engine.BackendProvider;
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

    /** The inference engine; by default each of them. */
    @Param
    public Backend backend;

    /** Where the model is; refused, and never replaced, where the engine has no such device. */
    @Param(Defaults.DEVICE)
    public String device;

    /** What runs ONNX Runtime's graphs on cards: {@code cuda}, its own kernels, or {@code tensorrt}. */
    @Param(Defaults.PROVIDER)
    public String provider;

    /**
     * Where keys and values are between two calls: {@code device}, where the model is, or {@code host}, from where ONNX
     * Runtime sends them to the card with every call.
     */
    @Param(Defaults.CACHES)
    public String caches;

    /**
     * Number format of the weights; {@code fp32} is that of the published ones. A format that the engine lacks is
     * refused.
     */
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
     * @throws io.notagenbench.fault.Fault if there is no such model, or the engine does not support the settings
     */
    NotaGenModel open() {
        return open(settings());
    }

    /** As {@link #open()}, with other settings than these parameters ask for. */
    NotaGenModel open(EngineSettings settings) {
        try (Weights weights = ModelSource.open(model)) {
            return BackendProvider.of(settings.backend()).open(settings, weights);
        }
    }

    /** Says where models are, and what the process takes with them, for {@code -prof rss}. Not to be timed. */
    void announce(List<NotaGenModel> loaded) {
        Placement.announce(loaded.get(0).settings().device(), device,
                loaded.stream().map(NotaGenModel::place).collect(Collectors.joining(" / ")));
        LoadedMemory.announce(loaded.stream()
                .mapToLong(each -> MemoryFit.weightBytes(each.config(), each.settings().precision(), each.settings().device().kind())).sum());
    }
}
