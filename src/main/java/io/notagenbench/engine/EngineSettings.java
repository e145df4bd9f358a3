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
 * @param threads   CPU threads of one model call, at least 1
 */
public record EngineSettings(Backend backend, Device device, Precision precision, int threads) {

    /**
     * What {@code backend}, {@code device}, {@code precision} and {@code threads} ask for; 0 threads are the physical
     * cores.
     */
    public static EngineSettings of(Parameters parameters) {
        int threads = parameters.whole(Parameter.THREADS);
        return new EngineSettings(Backend.of(parameters.text(Parameter.BACKEND)),
                Device.of(parameters.text(Parameter.DEVICE)),
                Precision.of(parameters.text(Parameter.PRECISION)),
                threads == 0 ? Cores.physical() : threads);
    }
}
