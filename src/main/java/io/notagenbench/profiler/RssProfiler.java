package io.notagenbench.profiler;

import io.notagenbench.device.LoadedMemory;
import io.notagenbench.device.ResidentMemory;
import io.notagenbench.fault.Fault;
import io.notagenbench.results.ProfilerMetric;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ProfilerException;

/** Main memory of the process: before loading, with the model, and at its peak. {@code -prof rss} means this class. */
public final class RssProfiler extends SamplingProfiler {

    /** The error if the profiler cannot run here. */
    public static final String ABSENT = "-prof rss needs the memory of a process, which this system does not tell: profile"
            + " with -prof mempool here.";

    /**
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong, or this system does not tell the memory of a process
     */
    public RssProfiler(String options) throws ProfilerException {
        super(ProfilerMetric.RSS_PEAK.profiler(), options);
        if (ResidentMemory.ofThisProcess().isEmpty()) {
            Fault absent = Fault.failed(ABSENT);
            throw new ProfilerException(absent.getMessage(), absent);
        }
    }

    @Override
    IterationMeter meter(BenchmarkParams benchmark) {
        return new RssMeter(ResidentMemory.ofThisProcess().orElseThrow(), LoadedMemory::newest);
    }

    @Override
    public String getDescription() {
        return "Main memory of the process: before loading, with the model, and at its peak";
    }
}
