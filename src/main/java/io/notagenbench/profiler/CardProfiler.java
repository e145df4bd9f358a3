package io.notagenbench.profiler;

import io.notagenbench.device.cuda.Nvml;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.util.function.BiFunction;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * Reads the card of {@code device=cuda:n}, the first of several, or the first one where the benchmark runs on the CPU,
 * through NVIDIA's management library.
 */
abstract class CardProfiler extends SamplingProfiler {

    private final BiFunction<WatchedCard, BenchmarkParams, IterationMeter> maker;

    /**
     * @param name    short name of the profiler, the first word of its results
     * @param options {@code interval=milliseconds} or nothing
     * @param maker   makes the meter of a card for a benchmark
     * @throws ProfilerException if an option is wrong or NVML is not installed
     */
    CardProfiler(String name, String options, BiFunction<WatchedCard, BenchmarkParams, IterationMeter> maker)
            throws ProfilerException {
        super(name, options);
        this.maker = maker;
        if (!isPossible()) {
            Fault absent = Nvml.absent("-prof " + name);
            throw new ProfilerException(absent.getMessage(), absent);
        }
    }

    /** Whether NVIDIA's management library is installed. */
    public static boolean isPossible() {
        return Nvml.isHere();
    }

    /** The library stays open for the life of the fork. Where it answers nothing, the metric is left out. */
    @Override
    final IterationMeter meter(BenchmarkParams benchmark) {
        String label = benchmark.getParam(Parameter.DEVICE.label());
        Device device = label == null ? Device.CPU : Device.each(label).get(0);
        return Nvml.open("-prof " + name()).map(nvml -> maker.apply(WatchedCard.of(nvml, device), benchmark))
                .orElse(IterationMeter.NONE);
    }
}
