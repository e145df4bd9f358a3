package io.notagenbench.profiler;

import io.notagenbench.device.cuda.CudaDriver;
import io.notagenbench.device.cuda.Nvml;
import io.notagenbench.device.cuda.NvmlDevice;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reads the card of {@code device=cuda:n}, or the first one where the benchmark runs on the CPU, every few milliseconds
 * of an iteration through NVIDIA's management library. What the readings cost the process is a result of its own, the
 * share of one core that they took.
 *
 * <p>JMH makes a profiler in the process that starts forks, too: only files are looked for until an iteration begins.
 */
abstract class CardProfiler implements InternalProfiler {

    /** Between two readings; a card renews most of what it tells some ten to fifty times a second. */
    private static final int DEFAULT_MILLIS = 10;
    private static final String INTERVAL = "interval=";

    private final String name;
    private final int millis;
    private final Function<NvmlDevice, CardMeter> maker;
    private CardMeter meter;
    private Sampling sampling;

    /**
     * @param name    short name of the profiler, the first word of its results
     * @param options {@code interval=milliseconds} or nothing
     * @param maker   makes the meter of a card
     * @throws ProfilerException if an option is wrong or NVML is not installed
     */
    CardProfiler(String name, String options, Function<NvmlDevice, CardMeter> maker) throws ProfilerException {
        this.name = name;
        this.maker = maker;
        millis = millis(options);
        if (!Nvml.isHere()) {
            Fault absent = Nvml.absent("-prof " + name);
            throw new ProfilerException(absent.getMessage(), absent);
        }
    }

    /** Milliseconds between two readings. */
    static int millis(String options) throws ProfilerException {
        if (options.isEmpty()) {
            return DEFAULT_MILLIS;
        }
        if (options.matches(INTERVAL + "[1-9]\\d{0,3}")) {
            return Integer.parseInt(options.substring(INTERVAL.length()));
        }
        throw new ProfilerException((options.equals("help") ? "" : options + " is not an option. ")
                + INTERVAL + "N: milliseconds between two readings of the card, 1 to 9999; default " + DEFAULT_MILLIS);
    }

    @Override
    public final void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (meter == null) {
            meter = maker.apply(card(benchmark.getParam(Parameter.DEVICE.label())));
        }
        sampling = new Sampling(name, millis, meter);
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public final Collection<? extends Result> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
            IterationResult result) {
        double cost = sampling.stop();
        Result counted = result.getSecondaryResults().get("patches");
        List<ScalarResult> results = new ArrayList<>(meter.end(result.getMetadata().getMeasuredOps(),
                counted == null ? OptionalDouble.empty() : OptionalDouble.of(counted.getScore())));
        results.add(new ScalarResult(name + ".cost", cost, "%", AggregationPolicy.MAX));
        return results;
    }

    /** The library stays open for the life of the fork. */
    private NvmlDevice card(String label) {
        Nvml nvml = Nvml.open("-prof " + name);
        Device device = label == null ? Device.CPU : Device.of(label);
        if (device.kind() == Device.Kind.CPU) {
            return nvml.device(0);
        }
        return CudaDriver.find()
                .filter(driver -> device.index() < driver.devices())
                .map(driver -> nvml.device(driver.device(device.index()).busId()))
                .orElseGet(() -> nvml.device(device.index()));
    }
}
