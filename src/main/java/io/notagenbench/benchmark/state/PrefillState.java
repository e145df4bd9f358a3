package io.notagenbench.benchmark.state;

import io.notagenbench.engine.EngineSession;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A session, and a context to run it over at once. */
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
        SelfCheck.prefill(model.model(), session, context.ids(), context.patches());
    }

    /**
     * Runs the patch level over the whole context at once. Copying the hidden state out waits for the engine's last
     * kernel, on any device.
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
