package io.notagenbench.profiler;

import io.notagenbench.results.BatchCounters;
import io.notagenbench.results.CounterReader;
import io.notagenbench.results.PieceCounters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reads something every few milliseconds of an iteration. What the readings cost the process is a result of its own,
 * the share of one core that they took.
 *
 * <p>JMH makes a profiler in the process that starts forks, too: only files are looked for until an iteration begins.
 */
abstract class SamplingProfiler implements InternalProfiler {

    /** Between two readings; a card renews most of what it tells some ten to fifty times a second. */
    private static final int DEFAULT_MILLIS = 10;
    private static final String INTERVAL = "interval=";

    private final String name;
    private final int millis;
    private IterationMeter meter;
    private SamplingThread sampling;

    /**
     * @param name    short name of the profiler, the first word of its results
     * @param options {@code interval=milliseconds} or nothing
     * @throws ProfilerException if an option is wrong
     */
    SamplingProfiler(String name, String options) throws ProfilerException {
        this.name = name;
        millis = millis(options);
    }

    /** Makes what is read; called in the process that measures, before its first iteration. */
    abstract IterationMeter meter(BenchmarkParams benchmark);

    /** Returns the name of the profiler in {@code -prof}. */
    final String name() {
        return name;
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
                + INTERVAL + "N: milliseconds between two readings, 1 to 9999; default " + DEFAULT_MILLIS);
    }

    @Override
    public final void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (meter == null) {
            meter = meter(benchmark);
        }
        sampling = new SamplingThread(name, millis, meter);
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public final Collection<? extends Result> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
            IterationResult result) {
        if (result.getRawPrimaryResults().isEmpty()) {
            // The body threw. JMH tells its cause after this method, unless this method throws as well.
            sampling.abandon();
            return List.of();
        }
        double cost = sampling.stop();
        List<ScalarResult> results = new ArrayList<>(meter.end(result.getMetadata().getMeasuredOps(), patches(result)));
        results.add(new ScalarResult(name + ".cost", cost, "%", AggregationPolicy.MAX));
        return results;
    }

    /** Patches of the piece or of the queue, where the benchmark counts them. */
    @SuppressWarnings("rawtypes") // as JMH declares it
    private static OptionalDouble patches(IterationResult iteration) {
        Map<String, Result> counted = iteration.getSecondaryResults();
        ToDoubleFunction<String> metric = name -> counted.containsKey(name) ? counted.get(name).getScore() : Double.NaN;
        return DoubleStream.of(CounterReader.read(PieceCounters.class, metric).patches,
                CounterReader.read(BatchCounters.class, metric).patches).filter(Double::isFinite).findFirst();
    }
}
