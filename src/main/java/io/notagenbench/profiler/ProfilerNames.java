package io.notagenbench.profiler;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.openjdk.jmh.profile.Profiler;
import org.openjdk.jmh.runner.options.ProfilerConfig;

/** The names in {@code -prof}: JMH finds profilers that are not its own by the names of their classes alone. */
public final class ProfilerNames {

    /** @param measures what it measures, half a sentence; empty where JMH lists a profiler of this name itself */
    private record Known(String name, Class<? extends Profiler> type, String measures) {
    }

    /** The first three replace JMH's own, which need more to be installed or cannot end well. */
    private static final List<Known> KNOWN = List.of(
            new Known("async", BundledAsyncProfiler.class, ""),
            new Known("jfr", FlightRecorderProfiler.class, ""),
            new Known("perfasm", PerfAsmProfiler.class, ""),
            new Known("rss", RssProfiler.class, "main memory of the process before loading, with the model, at its peak"),
            new Known("rapl", RaplProfiler.class, "joules of the processor idle, for an operation, for a patch (Linux)"),
            new Known("clocks", ClocksProfiler.class, "of an NVIDIA card: clocks, temperature, what slowed it down"),
            new Known("energy", EnergyProfiler.class, "of an NVIDIA card: joules idle, for an operation, for a patch"),
            new Known("vram", VramProfiler.class, "of an NVIDIA card: memory before loading, at its peak, of this process"));

    private ProfilerNames() {
    }

    private static Optional<Known> first(Predicate<Known> asked) {
        return KNOWN.stream().filter(asked).findFirst();
    }

    /** The profiler that {@code -prof name:options} means. */
    public static ProfilerConfig config(String asked) {
        int colon = asked.indexOf(':');
        return colon < 0 ? config(asked, "") : config(asked.substring(0, colon), asked.substring(colon + 1));
    }

    public static ProfilerConfig config(String name, String options) {
        return new ProfilerConfig(first(known -> known.name().equals(name)).map(known -> known.type().getName()).orElse(name), options);
    }

    /** How a person asks for it. */
    static String name(ProfilerConfig config) {
        return first(known -> known.type().getName().equals(config.getKlass())).map(Known::name).orElse(config.getKlass());
    }

    /** A line for each profiler that JMH does not list. */
    public static List<String> ofTheSuite() {
        return KNOWN.stream().filter(known -> !known.measures().isEmpty()).map(known -> known.name() + ": " + known.measures()).toList();
    }
}
