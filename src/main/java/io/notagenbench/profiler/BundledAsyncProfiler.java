package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import java.io.File;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.AsyncProfiler;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * JMH's async-profiler with nothing to install: the suite's own library, flame graphs unless {@code output} is given,
 * under {@code profiles/} unless {@code dir} is, and folder names that every file system takes. {@code -prof async}
 * means this class; its options are those of JMH's.
 */
public final class BundledAsyncProfiler implements InternalProfiler, ExternalProfiler {

    /** Where profiles go unless {@code dir} is given, from the working directory. */
    public static final String DEFAULT_FOLDER = "profiles";

    private final AsyncProfiler profiler;

    /**
     * @param options JMH's options of {@code async}, separated by semicolons
     * @throws ProfilerException if an option is wrong, or async-profiler does not run here
     */
    public BundledAsyncProfiler(String options) throws ProfilerException {
        try {
            this.profiler = new AsyncProfiler(complete(options));
        } catch (Fault e) {
            throw new ProfilerException(e.getMessage(), e);
        }
    }

    /** The options with what is not given: library, folder, output. */
    static String complete(String options) {
        StringBuilder all = new StringBuilder(options);
        if (!gives(options, "libPath")) {
            append(all, "libPath=" + AsyncProfilerLibrary.unpacked());
        }
        if (!gives(options, "dir")) {
            append(all, "dir=" + DEFAULT_FOLDER);
        }
        if (!gives(options, "output")) {
            append(all, "output=flamegraph");
            if (!gives(options, "direction")) {
                append(all, "direction=forward");
            }
        }
        return all.toString();
    }

    private static boolean gives(String options, String name) {
        return Stream.of(options.split(";")).anyMatch(option -> option.equals(name) || option.startsWith(name + "="));
    }

    private static void append(StringBuilder options, String option) {
        options.append(options.isEmpty() ? "" : ";").append(option);
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
    public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return List.copyOf(profiler.addJVMInvokeOptions(params));
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        return List.copyOf(profiler.addJVMOptions(params));
    }

    @Override
    public void beforeTrial(BenchmarkParams benchmark) {
        profiler.beforeTrial(benchmark);
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public Collection<? extends Result> afterTrial(BenchmarkResult result, long pid, File stdOut, File stdErr) {
        return profiler.afterTrial(result, pid, stdOut, stdErr);
    }

    @Override
    public boolean allowPrintOut() {
        return profiler.allowPrintOut();
    }

    @Override
    public boolean allowPrintErr() {
        return profiler.allowPrintErr();
    }

    @Override
    public String getDescription() {
        return profiler.getDescription();
    }
}
