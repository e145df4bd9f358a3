package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.engine.EngineSession;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A session and a context that it has not seen. */
@State(Scope.Benchmark)
public class PrefillState {

    private ContextState context;
    private EngineSession session;
    private float[] hidden;

    /** Opens the session and compares the prefill with single steps. */
    @Setup(Level.Trial)
    public void open(ModelState model, ContextState context) {
        this.context = context;
        hidden = new float[model.config().hidden()];
        session = model.model().newSession(context.patches());
        float[] batched = prefill().clone();
        for (int patch = 0; patch < context.patches(); patch++) {
            session.forwardPatches(context.ids(), patch * PATCH_SIZE, patch, 1);
        }
        session.hiddenState(hidden);
        SelfCheck.requireClose(hidden, batched);
    }

    /**
     * Runs the patch level over the whole context at once.
     *
     * @return the hidden state of its newest patch, {@code [H]}
     */
    public float[] prefill() {
        session.forwardPatches(context.ids(), 0, 0, context.patches());
        session.hiddenState(hidden);
        return hidden;
    }

    @TearDown(Level.Trial)
    public void close() {
        session.close();
    }
}
