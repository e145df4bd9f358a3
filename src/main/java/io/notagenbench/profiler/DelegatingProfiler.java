package io.notagenbench.profiler;

import java.io.File;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/** A profiler that leaves everything around the forks to one of JMH's. */
abstract class DelegatingProfiler implements ExternalProfiler {

    /** Returns JMH's profiler. */
    abstract ExternalProfiler delegate();

    @Override
    public final Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return List.copyOf(delegate().addJVMInvokeOptions(params));
    }

    @Override
    public final Collection<String> addJVMOptions(BenchmarkParams params) {
        return List.copyOf(delegate().addJVMOptions(params));
    }

    @Override
    public final void beforeTrial(BenchmarkParams benchmark) {
        delegate().beforeTrial(benchmark);
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public final Collection<? extends Result> afterTrial(BenchmarkResult result, long pid, File stdOut, File stdErr) {
        return delegate().afterTrial(result, pid, stdOut, stdErr);
    }

    @Override
    public final boolean allowPrintOut() {
        return delegate().allowPrintOut();
    }

    @Override
    public final boolean allowPrintErr() {
        return delegate().allowPrintErr();
    }

    @Override
    public final String getDescription() {
        return delegate().getDescription();
    }
}
