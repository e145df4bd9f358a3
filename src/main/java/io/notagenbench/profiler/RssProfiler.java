package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ProfilerException;

/** Main memory of the process: before loading, and at its peak. {@code -prof rss} means this class. */
public final class RssProfiler extends SamplingProfiler {

    /**
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong, or this is not Linux
     */
    public RssProfiler(String options) throws ProfilerException {
        super("rss", options);
        if (!ResidentMemory.OF_THIS_PROCESS.isTold()) {
            Fault absent = Fault.failed("-prof rss needs /proc/self/status, which Linux has: profile with -prof mempool here.");
            throw new ProfilerException(absent.getMessage(), absent);
        }
    }

    @Override
    IterationMeter meter(BenchmarkParams benchmark) {
        return new RssMeter(ResidentMemory.OF_THIS_PROCESS);
    }

    @Override
    public String getDescription() {
        return "Main memory of the process: before loading, and at its peak";
    }
}
