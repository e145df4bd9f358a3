package io.notagenbench.benchmark.state;

import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The parameters of every state that owns a buffer which threads read. */
@State(Scope.Benchmark)
public abstract class BufferParameters {

    /** Size in MiB: several times the last-level cache, or less to measure the caches. */
    @Param(Defaults.BUFFER)
    public String buffer;

    /** CPU threads that read; 0 is one for each physical core. */
    @Param(Defaults.THREADS)
    public String threads;

    /** The buffer in MiB. */
    final int size() {
        return ParameterFields.of(this).whole(Parameter.BUFFER);
    }

    /** The settings of an engine for these parameters. */
    final EngineSettings settings() {
        return EngineSettings.of(ParameterFields.of(this));
    }

    /** Bytes of the buffer. */
    public long bytes() {
        return BufferSize.of(size(), settings());
    }
}
