package io.notagenbench.profiler;

import io.notagenbench.device.cuda.CudaDriver;
import io.notagenbench.device.cuda.Nvml;
import io.notagenbench.device.cuda.NvmlDevice;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.util.function.BiFunction;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * Reads the card of {@code device=cuda:n}, the first of several, or the first one where the benchmark runs on the CPU, through NVIDIA's
 * management library.
 */
abstract class CardProfiler extends SamplingProfiler {

    private final BiFunction<NvmlDevice, BenchmarkParams, IterationMeter> maker;

    /**
     * @param name    short name of the profiler, the first word of its results
     * @param options {@code interval=milliseconds} or nothing
     * @param maker   makes the meter of a card for a benchmark
     * @throws ProfilerException if an option is wrong or NVML is not installed
     */
    CardProfiler(String name, String options, BiFunction<NvmlDevice, BenchmarkParams, IterationMeter> maker)
            throws ProfilerException {
        super(name, options);
        this.maker = maker;
        if (!Nvml.isHere()) {
            Fault absent = Nvml.absent("-prof " + name);
            throw new ProfilerException(absent.getMessage(), absent);
        }
    }

    @Override
    final IterationMeter meter(BenchmarkParams benchmark) {
        return maker.apply(card(benchmark.getParam(Parameter.DEVICE.label())), benchmark);
    }

    /** The library stays open for the life of the fork. */
    private NvmlDevice card(String label) {
        Nvml nvml = Nvml.open("-prof " + name());
        Device device = label == null ? Device.CPU : Device.each(label).get(0);
        if (device.kind() == Device.Kind.CPU) {
            return nvml.device(0);
        }
        return CudaDriver.find()
                .filter(driver -> device.index() < driver.devices())
                .map(driver -> nvml.device(driver.device(device.index()).busId()))
                .orElseGet(() -> nvml.device(device.index()));
    }
}
