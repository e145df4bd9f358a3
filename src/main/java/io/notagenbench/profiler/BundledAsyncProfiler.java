package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.AsyncProfiler;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * JMH's async-profiler with nothing to install: the suite's own library, flame graphs unless {@code output} is given,
 * under {@code profiles/} unless {@code dir} is, and folder names that every file system takes. {@code -prof async}
 * means this class; its options are those of JMH's.
 */
public final class BundledAsyncProfiler extends DelegatingProfiler implements InternalProfiler, CheckedProfiler {

    private static final String EVENT = "event";

    private final AsyncProfiler profiler;
    private final OptionLine line;

    /**
     * @param options JMH's options of {@code async}, separated by semicolons
     * @throws ProfilerException if an option is wrong, or async-profiler does not run here
     */
    public BundledAsyncProfiler(String options) throws ProfilerException {
        try {
            line = complete(options);
            profiler = new AsyncProfiler(line.text());
        } catch (Fault e) {
            throw new ProfilerException(e.getMessage(), e);
        }
    }

    /** The options, completed with library, folder and output. */
    static OptionLine complete(String options) {
        OptionLine line = new OptionLine(options);
        if (!line.gives("libPath")) {
            line = line.orElse("libPath", AsyncProfilerLibrary.unpacked().toString());
        }
        line = line.orElse(ProfileFolder.OPTION, ProfileFolder.DEFAULT);
        return line.gives("output") ? line : line.orElse("output", "flamegraph").orElse("direction", "forward");
    }

    @Override
    public void check() {
        line.value(EVENT).ifPresent(BundledAsyncProfiler::requireEvent);
        ProfileFolder.requireWritable("async", Path.of(line.value(ProfileFolder.OPTION).orElseThrow()));
    }

    /** Records the event for a moment. The constructor has loaded the library. */
    private static void requireEvent(String event) {
        try {
            AsyncProfiler.JavaApi.getInstance().execute("start,event=" + event);
            AsyncProfiler.JavaApi.getInstance().execute("stop");
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw Fault.usage("-prof async:event=" + event + " does not run here: " + e.getMessage() + ". Choose itimer, wall,"
                    + " alloc or lock, which run everywhere.", e);
        }
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        profiler.beforeIteration(ProfileFolder.shorten(benchmark), iteration);
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public Collection<? extends Result> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
            IterationResult result) {
        return profiler.afterIteration(ProfileFolder.shorten(benchmark), iteration, result);
    }

    @Override
    ExternalProfiler delegate() {
        return profiler;
    }
}
