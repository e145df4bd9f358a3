package io.notagenbench.benchmark.state;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The model of benchmarks that compare decodings. */
@State(Scope.Benchmark)
public class ModelState extends LoadedModelState {

    /**
     * {@code recompute}, what the original does, and {@code cached}, keys and values kept on both levels. A model is
     * opened for its decoding, so stages that both share have it, too.
     */
    @Param({"recompute", "cached"})
    public String decoding;
}
