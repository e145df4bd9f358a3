package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Stage;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The model on its device, loaded once for each fork. What belongs to one piece or one stage has a state of its own.
 */
@State(Scope.Benchmark)
public class ModelState extends EngineParameters {

    /**
     * {@code recompute} is what the original does, {@code cached} keeps keys and values on both levels. A model is
     * opened for its decoding, so even a stage that both share runs with each.
     */
    @Param({"recompute", "cached"})
    public String decoding;

    private NotaGenModel loaded;

    /** Loads natives and weights. */
    @Setup(Level.Trial)
    public void load() {
        loaded = open();
        announce(List.of(loaded));
        CardWarmUp.run(loaded);
    }

    public NotaGenModel model() {
        return loaded;
    }

    public ModelConfig config() {
        return loaded.config();
    }

    /**
     * The decoding of a stage that is measured apart from a piece.
     *
     * @throws Fault (usage) if the stage cannot be measured with it
     */
    Decoding decodingOf(Stage stage) {
        stage.require(Parameter.DECODING, decoding);
        return Decoding.of(decoding);
    }

    /** Frees the native memory. */
    @TearDown(Level.Trial)
    public void close() {
        loaded.close();
    }
}
