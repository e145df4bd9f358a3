package io.notagenbench.results;

import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/** A metric of one of the suite's profilers that tables read, too. */
public enum ProfilerMetric {

    /** Main memory of the process before a model is loaded. */
    RSS_BASELINE("rss.baseline", "MiB", AggregationPolicy.MIN),
    /** The most in an iteration. */
    RSS_PEAK("rss.peak", "MiB", AggregationPolicy.MAX),
    /** The weights of the model, from its sizes. */
    RSS_WEIGHTS("rss.weights", "MiB", AggregationPolicy.MAX),
    /** Main memory of the process with the model. */
    RSS_LOADED("rss.loaded", "MiB", AggregationPolicy.MAX),
    /** The most while the model was loaded. */
    RSS_LOADING_PEAK("rss.loading.peak", "MiB", AggregationPolicy.MAX),

    /** Memory taken on the card, by any process, before a model is loaded. */
    VRAM_BASELINE("vram.baseline", "MiB", AggregationPolicy.MIN),
    /** The most in an iteration. */
    VRAM_PEAK("vram.peak", "MiB", AggregationPolicy.MAX),
    /** {@link #VRAM_PEAK} above {@link #VRAM_BASELINE}. */
    VRAM_ADDED("vram.added", "MiB", AggregationPolicy.MAX),
    /** The most that this process took on the card, where the driver tells it. */
    VRAM_PROCESS("vram.process", "MiB", AggregationPolicy.MAX),
    /** What the model is predicted to take on the card. */
    VRAM_PREDICTED("vram.predicted", "MiB", AggregationPolicy.MAX),

    /** Energy of the card for one operation. */
    ENERGY_OP("energy.op", "J/op", AggregationPolicy.AVG),
    /** Energy of the processor for one operation. */
    RAPL_OP("rapl.op", "J/op", AggregationPolicy.AVG);

    private static final double MIB = 1 << 20;

    private final String label;
    private final String unit;
    private final AggregationPolicy policy;

    ProfilerMetric(String label, String unit, AggregationPolicy policy) {
        this.label = label;
        this.unit = unit;
        this.policy = policy;
    }

    public String label() {
        return label;
    }

    /** The profiler, by the name of its {@code -prof}. */
    public String profiler() {
        return label.substring(0, label.indexOf('.'));
    }

    /** What a profiler reports to JMH, in the unit of the metric. */
    public ScalarResult of(double value) {
        return new ScalarResult(label, value, unit, policy);
    }

    /** What a profiler reports to JMH for an amount of memory. */
    public ScalarResult ofBytes(long bytes) {
        return of(bytes / MIB);
    }
}
