package io.notagenbench.benchmark.state;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A process in which no engine has started and no model is loaded yet. */
@State(Scope.Benchmark)
public class LoadState {

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

    /** Context window of the session. */
    @Param(Defaults.PATCH_LENGTH)
    public String patchLength;

    /** Whether this process is no longer cold. */
    private static final AtomicBoolean WARM = new AtomicBoolean();

    private NotaGenModel loaded;
    private EngineSession session;

    /**
     * Starts the engine, loads the weights and opens a session.
     *
     * @return the session, ready for its first patch
     * @throws Fault (usage) for the second load of a process, which would not be cold
     */
    public EngineSession load() {
        if (WARM.getAndSet(true)) {
            throw Fault.usage("only the first load of a process is cold: run ModelLoad with -wi 0 -i 1 and as many forks"
                    + " (-f) as there should be samples");
        }
        Parameters parameters = ParameterFields.of(this);
        EngineSettings settings = EngineSettings.of(parameters);
        try (Weights weights = ModelSource.open(model)) {
            loaded = BackendProvider.of(settings.backend()).open(settings, weights);
        }
        session = loaded.newSession(parameters.whole(Parameter.PATCH_LENGTH));
        return session;
    }

    /** Frees the native memory. */
    @TearDown(Level.Iteration)
    public void close() {
        if (session != null) {
            session.close();
            loaded.close();
            session = null;
        }
    }
}
