package io.notagenbench.benchmark.state;

import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Stage;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A decoder whose context lacks only the newest patch. */
@State(Scope.Benchmark)
public class StepState {

    private ContextState context;
    private PatchDecoder decoder;

    /** Opens the decoder and compares it with the recomputation. */
    @Setup(Level.Trial)
    public void open(ModelState model, ContextState context) {
        this.context = context;
        decoder = PatchDecoders.open(model.decodingOf(Stage.PATCH_STEP), model.model(), context.patches());
        SelfCheck.run(model.model(), decoder, context.ids(), context.patches(), Parameters.defaults());
    }

    /**
     * Runs the patch level for the newest patch of the context.
     *
     * @return patches in the context
     */
    public int step() {
        decoder.truncate(context.patches() - 1);
        decoder.encode(context.ids(), context.patches());
        return context.patches();
    }

    /** Copies the hidden state of the newest patch ({@code [H]}). */
    public void hiddenState(float[] hidden) {
        decoder.hiddenState(hidden);
    }

    @TearDown(Level.Trial)
    public void close() {
        decoder.close();
    }
}
