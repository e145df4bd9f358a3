package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Defaults;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Owns the model on its device, once per fork. What belongs to one piece stands in states of its own. */
@State(Scope.Benchmark)
public class ModelState {

    /** A trained checkpoint by default; synthetic weights of the published sizes, or a file, by {@code -p}. */
    @Param(Defaults.MODEL)
    public String model;

    /** Both engines, side by side. */
    @Param({"pytorch", "onnx"})
    public String backend;

    @Param(Defaults.DEVICE)
    public String device;

    @Param(Defaults.PRECISION)
    public String precision;

    /** One thread for each physical core by default. */
    @Param(Defaults.THREADS)
    public String threads;

    private NotaGenModel loaded;

    /** Loads natives and weights. */
    @Setup(Level.Trial)
    public void load() {
        EngineSettings settings = settings();
        try (Weights weights = ModelSource.open(model)) {
            loaded = BackendProvider.of(settings.backend()).open(settings, weights);
        }
    }

    /** What the parameters ask of the engine. */
    public EngineSettings settings() {
        return EngineSettings.of(ParameterFields.of(this));
    }

    public NotaGenModel model() {
        return loaded;
    }

    public ModelConfig config() {
        return loaded.config();
    }

    /** Frees the native memory. */
    @TearDown(Level.Trial)
    public void close() {
        loaded.close();
    }
}
