package io.notagenbench.benchmark.state;

import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Recordings;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The first patches of a recorded piece, as the context of a single stage. */
@State(Scope.Benchmark)
public class ContextState {

    /**
     * Patches in the context, with the newest one. The default is the mean over a piece in the article's window of 64.
     */
    @Param(Defaults.CONTEXT)
    public String context;

    private int patches;
    private int[] ids;

    /** @throws Fault (usage) if the model has fewer position rows than the context has patches */
    @Setup(Level.Trial)
    public void encode(ModelState model) {
        patches = ParameterFields.of(this).whole(Parameter.CONTEXT);
        model.config().tooLong(Parameter.CONTEXT.label(), patches, model.model).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
        ids = TraceContext.of(Trace.load(Recordings.LONG), patches);
    }

    /** Number of patches in the context. */
    public int patches() {
        return patches;
    }

    /** The ids of the context, {@code patches * 16}. */
    public int[] ids() {
        return ids;
    }
}
