package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.NotaGenModel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Owns the model on its device, once per fork. What belongs to one piece stands in states of its own. */
@State(Scope.Benchmark)
public abstract class LoadedModelState extends EngineParameters {

    private NotaGenModel loaded;

    /** Loads natives and weights. */
    @Setup(Level.Trial)
    public void load() {
        loaded = open();
        announce(loaded);
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
