package io.notagenbench.cli;

import io.notagenbench.sweep.JmhOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** JMH's own options, as {@code java -jar benchmarks.jar -h} explains them; they stand in for those of a plan. */
final class JmhOptions {

    @Option(names = "-f", paramLabel = "N", description = "Forks; each is a round.")
    private String forks;

    @Option(names = "-wf", paramLabel = "N", description = "Warmup forks.")
    private String warmupForks;

    @Option(names = "-wi", paramLabel = "N", description = "Warmup iterations.")
    private String warmupIterations;

    @Option(names = "-w", paramLabel = "TIME", description = "Time of a warmup iteration.")
    private String warmupTime;

    @Option(names = "-i", paramLabel = "N", description = "Iterations.")
    private String iterations;

    @Option(names = "-r", paramLabel = "TIME", description = "Time of an iteration.")
    private String time;

    @Option(names = "-bm", paramLabel = "MODE", description = "Mode: avgt, thrpt or ss.")
    private String mode;

    @Option(names = "-tu", paramLabel = "UNIT", description = "Unit of time.")
    private String unit;

    @Option(names = "-to", paramLabel = "TIME", description = "Timeout of an iteration.")
    private String timeout;

    @Option(names = "-prof", paramLabel = "NAME", description = "Profiler; may be repeated.")
    private List<String> profilers = new ArrayList<>();

    @Option(names = "-t", hidden = true)
    private String threads;

    @Option(names = "-tg", hidden = true)
    private String threadGroups;

    /** Returns the options that were given, by letter. */
    Map<String, String> given() {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "f", forks);
        put(options, "wf", warmupForks);
        put(options, "wi", warmupIterations);
        put(options, "w", warmupTime);
        put(options, "i", iterations);
        put(options, "r", time);
        put(options, "bm", mode);
        put(options, "tu", unit);
        put(options, "to", timeout);
        put(options, "t", threads);
        put(options, "tg", threadGroups);
        put(options, "prof", profilers.isEmpty() ? null : String.join(" ", profilers));
        return options;
    }

    private static void put(Map<String, String> options, String name, String value) {
        if (value != null) {
            options.put(name, JmhOption.checkInSweep(name, value));
        }
    }
}
