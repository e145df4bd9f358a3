package io.notagenbench.cli;

import io.notagenbench.sweep.Span;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What a run of JMH's command line will do.
 *
 * @param benchmarks methods
 * @param cells      of all of them, with each combination of their parameters and each mode
 * @param forks      processes that measure them
 * @param seconds    of all iterations that have a time: it takes no less
 * @param shots      iterations that take as long as one call does
 */
record RunOutline(int benchmarks, long cells, long forks, double seconds, long shots) {

    /** A shorter run begins without a note. */
    private static final int SHORT_SECONDS = 600;

    /** Assumed seconds of a single shot: a piece of the smallest model takes less, others take more. */
    private static final int SHOT_SECONDS = 5;

    /** @param given values that stand in for the declared ones */
    static RunOutline of(ChosenBenchmarks chosen, Options options, Map<String, List<String>> given) {
        RunOutline all = new RunOutline(0, 0, 0, 0, 0);
        for (BenchmarkListEntry entry : chosen.entries()) {
            all = all.plus(new RunOutline(1, 0, 0, 0, 0));
            for (Mode mode : modes(entry, options.getBenchModes())) {
                all = all.plus(cell(entry, options, mode).times(ChosenBenchmarks.cells(entry, given)));
            }
        }
        return all;
    }

    private static Set<Mode> modes(BenchmarkListEntry entry, Collection<Mode> asked) {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        modes.addAll(asked.isEmpty() ? List.of(entry.getMode()) : asked);
        if (modes.contains(Mode.All)) {
            modes = EnumSet.complementOf(EnumSet.of(Mode.All));
        }
        return modes;
    }

    private static RunOutline cell(BenchmarkListEntry entry, Options options, Mode mode) {
        boolean shot = mode == Mode.SingleShotTime;
        int forks = Math.max(1, options.getForkCount().orElse(entry.getForks().orElse(Defaults.MEASUREMENT_FORKS)))
                + options.getWarmupForkCount().orElse(entry.getWarmupForks().orElse(Defaults.WARMUP_FORKS));
        int warmups = options.getWarmupIterations().orElse(entry.getWarmupIterations()
                .orElse(shot ? Defaults.WARMUP_ITERATIONS_SINGLESHOT : Defaults.WARMUP_ITERATIONS));
        int iterations = options.getMeasurementIterations().orElse(entry.getMeasurementIterations()
                .orElse(shot ? Defaults.MEASUREMENT_ITERATIONS_SINGLESHOT : Defaults.MEASUREMENT_ITERATIONS));
        double seconds = warmups * seconds(options.getWarmupTime().orElse(entry.getWarmupTime().orElse(Defaults.WARMUP_TIME)))
                + iterations * seconds(options.getMeasurementTime().orElse(entry.getMeasurementTime()
                        .orElse(Defaults.MEASUREMENT_TIME)));
        return new RunOutline(0, 1, forks, shot ? 0 : forks * seconds, shot ? (long) forks * (warmups + iterations) : 0);
    }

    private static double seconds(TimeValue time) {
        return time.convertTo(TimeUnit.NANOSECONDS) / 1e9;
    }

    private RunOutline plus(RunOutline other) {
        return new RunOutline(benchmarks + other.benchmarks, cells + other.cells, forks + other.forks,
                seconds + other.seconds, shots + other.shots);
    }

    private RunOutline times(long number) {
        return new RunOutline(benchmarks, cells * number, forks * number, seconds * number, shots * number);
    }

    /** Whether it takes so long that the person should know before it begins. */
    boolean isLong() {
        return cells > 1 && seconds + shots * SHOT_SECONDS >= SHORT_SECONDS;
    }

    /** Returns the outline in words, and how to run less. */
    String words() {
        return String.format("%s in %s and %s%s%s. To run less, name a benchmark: java -jar benchmarks.jar Sampling"
                + " (-l lists them); or give one value of a parameter: -p backend=onnx (-lp lists them); or measure for a"
                + " shorter time: -f 1 -wi 1 -i 3 -r 300ms. java -jar benchmarks.jar sweep quick -o FOLDER measures a"
                + " little of everything in about 5 minutes. Ctrl-C ends this run.",
                Count.of(benchmarks, "benchmark"), Count.of(cells, "cell"), Count.of(forks, "fork"),
                seconds > 0 ? ", at least " + Span.words(seconds) : "",
                shots > 0 ? (seconds > 0 ? " and " : ", ") + Count.of(shots, "single shot") + ", a whole piece or a cold start each" : "");
    }
}
