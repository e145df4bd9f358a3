package io.notagenbench.checkpoint;

/** The weights of another model, but for what a test overrides. */
public interface ChangedWeights extends Weights {

    /** The others; they are closed with these. */
    Weights weights();

    @Override
    default String name() {
        return weights().name();
    }

    @Override
    default ModelConfig config() {
        return weights().config();
    }

    @Override
    default String hash() {
        return weights().hash();
    }

    @Override
    default void close() {
        weights().close();
    }
}
