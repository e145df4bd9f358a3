package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import io.notagenbench.results.ProfilerMetric;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ProfilerException;

/**
 * Energy of the processor: idle, in an iteration, for an operation and for a patch. {@code -prof rapl} means this
 * class.
 */
public final class RaplProfiler extends SamplingProfiler {

    /**
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong, or the counters cannot be read
     */
    public RaplProfiler(String options) throws ProfilerException {
        super(ProfilerMetric.RAPL_OP.profiler(), options);
        if (!Rapl.isReadable(Rapl.POWERCAP)) {
            Fault absent = Rapl.absent(Rapl.POWERCAP);
            throw new ProfilerException(absent.getMessage(), absent);
        }
    }

    @Override
    IterationMeter meter(BenchmarkParams benchmark) {
        Rapl rapl = Rapl.start(Rapl.POWERCAP);
        return new EnergyMeter(ProfilerMetric.RAPL_OP, () -> OptionalLong.of(rapl.millijoules()), OptionalLong::empty,
                System::nanoTime, LockSupport::parkNanos);
    }

    @Override
    public String getDescription() {
        return "Energy of the processor: idle, in an iteration, for an operation and for a patch";
    }
}
