package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.MultiModelGenerator;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The models of pieces that are decoded together: one, or one on each device of {@code device=cuda:0/cuda:1}. They are
 * always loaded for {@code decoding=cached}.
 */
@State(Scope.Benchmark)
public class BatchModelState extends EngineParameters {

    private final List<NotaGenModel> loaded = new ArrayList<>();
    private MultiModelGenerator generator;

    /** Loads natives and weights. */
    @Setup(Level.Trial)
    public void load() {
        for (EngineSettings settings : EngineSettings.each(ParameterFields.of(this))) {
            loaded.add(open(settings));
        }
        announce(loaded);
        loaded.forEach(CardWarmUp::run);
        generator = new MultiModelGenerator(loaded.size());
    }

    /** One on each device. */
    public List<NotaGenModel> models() {
        return loaded;
    }

    public ModelConfig config() {
        return loaded.get(0).config();
    }

    /** Has a thread for each of them. */
    MultiModelGenerator generator() {
        return generator;
    }

    /** Frees the native memory. */
    @TearDown(Level.Trial)
    public void close() {
        generator.close();
        loaded.forEach(NotaGenModel::close);
    }
}
