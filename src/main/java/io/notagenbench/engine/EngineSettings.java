package io.notagenbench.engine;

import io.notagenbench.device.Cores;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Optional;

/**
 * How a model is to be run.
 *
 * @param backend   name of the inference engine
 * @param device    where weights and caches live; never another in silence
 * @param precision number format of the weights
 * @param decoding  what the model is opened for: {@code recompute} gets the kernels of the original, the others the
 *                  fastest
 * @param threads   CPU threads of one model call, at least 1
 * @param provider  what runs ONNX Runtime's graphs on a card
 * @param caches    where keys and values are between two calls
 */
public record EngineSettings(String backend, Device device, Precision precision, Decoding decoding, int threads,
        ExecutionProvider provider, CachePlacement caches) {

    /** With the kernels of the backend itself, and keys and values where the model is. */
    public EngineSettings(String backend, Device device, Precision precision, Decoding decoding, int threads) {
        this(backend, device, precision, decoding, threads, ExecutionProvider.CUDA, CachePlacement.DEVICE);
    }

    /**
     * What {@code backend}, {@code device}, {@code precision}, {@code decoding}, {@code threads}, {@code provider} and
     * {@code caches} ask for; 0 threads are the physical cores.
     *
     * @throws Fault (usage) if they ask for several models
     */
    public static EngineSettings of(Parameters parameters) {
        severalModels(parameters).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
        return each(parameters).get(0);
    }

    /** Why these parameters do not say how one model is to be run, in one sentence; empty where they do. */
    public static Optional<String> severalModels(Parameters parameters) {
        String device = parameters.text(Parameter.DEVICE);
        return Device.labels(device).size() == 1 ? Optional.empty()
                : Optional.of("device=" + device + " has a model on each device for a queue of pieces, and this runs one model:"
                        + " choose one device, or BatchBenchmark or generate -p pieces=N.");
    }

    /**
     * As {@link #of}, for each of the devices that have a model of their own; on the CPU such models share its cores.
     */
    public static List<EngineSettings> each(Parameters parameters) {
        int threads = parameters.whole(Parameter.THREADS);
        List<Device> devices = Device.each(parameters.text(Parameter.DEVICE));
        return devices.stream().map(device -> new EngineSettings(parameters.text(Parameter.BACKEND), device,
                Precision.of(parameters.text(Parameter.PRECISION)), Decoding.of(parameters.text(Parameter.DECODING)),
                threads == 0 ? Math.max(1, Cores.physical() / sharers(devices)) : threads,
                ExecutionProvider.of(parameters.text(Parameter.PROVIDER)), CachePlacement.of(parameters.text(Parameter.CACHES)))).toList();
    }

    private static int sharers(List<Device> devices) {
        return devices.get(0).kind() == Device.Kind.CPU ? devices.size() : 1;
    }

    /** The same with another precision and decoding. */
    public EngineSettings with(Precision otherPrecision, Decoding otherDecoding) {
        return new EngineSettings(backend, device, otherPrecision, otherDecoding, threads, provider, caches);
    }
}
