package io.notagenbench.engine;

/**
 * How a model is to be run.
 *
 * @param backend   the inference engine
 * @param device    where weights and caches live; never another in silence
 * @param precision number format of the weights
 * @param threads   CPU threads of one model call, at least 1
 */
public record EngineSettings(Backend backend, Device device, Precision precision, int threads) {
}
