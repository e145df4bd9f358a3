package io.notagenbench.engine;

import io.notagenbench.device.Cores;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;

/**
 * How a model is to be run.
 *
 * @param backend   the inference engine
 * @param device    where weights and caches live; never another in silence
 * @param precision number format of the weights
 * @param decoding  what the model is opened for: {@code recompute} gets the kernels of the original, the others the
 *                  fastest
 * @param threads   CPU threads of one model call, at least 1
 */
public record EngineSettings(Backend backend, Device device, Precision precision, Decoding decoding, int threads) {

    /**
     * What {@code backend}, {@code device}, {@code precision}, {@code decoding} and {@code threads} ask for; 0 threads are the physical
     * cores.
     */
    public static EngineSettings of(Parameters parameters) {
        int threads = parameters.whole(Parameter.THREADS);
        return new EngineSettings(Backend.of(parameters.text(Parameter.BACKEND)),
                Device.of(parameters.text(Parameter.DEVICE)),
                Precision.of(parameters.text(Parameter.PRECISION)),
                Decoding.of(parameters.text(Parameter.DECODING)),
                threads == 0 ? Cores.physical() : threads);
    }
}
