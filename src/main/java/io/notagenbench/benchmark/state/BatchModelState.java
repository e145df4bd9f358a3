package io.notagenbench.benchmark.state;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The model of pieces that are decoded together, which is always loaded for {@code decoding=cached}. */
@State(Scope.Benchmark)
public class BatchModelState extends LoadedModelState {
}
