package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.Prompt;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A process in which no engine has started and no model is loaded yet. */
@State(Scope.Benchmark)
public class LoadState extends EngineParameters {

    /**
     * The decoding that the model is loaded for: {@code recompute} gets the kernels of the original, {@code cached} the
     * fastest.
     */
    @Param({"recompute", "cached"})
    public String decoding;

    /** Context window that the session has room for, in patches. */
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
            throw Fault.usage("only the first load of a process is cold: run ModelLoad with -wi 0 -i 1 and as many"
                    + " forks (-f) as you want samples");
        }
        loaded = open();
        session = loaded.newSession(ParameterFields.of(this).whole(Parameter.PATCH_LENGTH));
        return session;
    }

    /**
     * Runs what was loaded, so that a model that does not work has no load time, and frees the native memory.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if a prefill and single steps differ
     */
    @TearDown(Level.Iteration)
    public void close() {
        if (session == null) {
            return;
        }
        try (NotaGenModel model = loaded; EngineSession ready = session) {
            announce(List.of(model));
            int[] prompt = PatchCodec.encodePrompt(Prompt.parse(Defaults.PROMPT));
            SelfCheck.prefill(model, ready, prompt, prompt.length / PATCH_SIZE);
        } finally {
            session = null;
        }
    }
}
