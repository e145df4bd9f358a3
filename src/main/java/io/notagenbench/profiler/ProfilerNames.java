package io.notagenbench.profiler;

import java.util.Map;
import org.openjdk.jmh.runner.options.ProfilerConfig;

/** The names in {@code -prof}: JMH finds profilers that are not its own by the names of their classes alone. */
public final class ProfilerNames {

    /** The first three hide JMH's own, which need more to be installed or cannot end well. */
    private static final Map<String, String> CLASSES = Map.of(
            "async", BundledAsyncProfiler.class.getName(),
            "jfr", FlightRecorderProfiler.class.getName(),
            "perfasm", PerfAsmProfiler.class.getName(),
            "vram", VramProfiler.class.getName(),
            "energy", EnergyProfiler.class.getName(),
            "clocks", ClocksProfiler.class.getName(),
            "rss", RssProfiler.class.getName(),
            "rapl", RaplProfiler.class.getName());

    private ProfilerNames() {
    }

    /** The profiler that {@code -prof name:options} means. */
    public static ProfilerConfig config(String asked) {
        int colon = asked.indexOf(':');
        return colon < 0 ? config(asked, "") : config(asked.substring(0, colon), asked.substring(colon + 1));
    }

    public static ProfilerConfig config(String name, String options) {
        return new ProfilerConfig(CLASSES.getOrDefault(name, name), options);
    }

    /** How a person asks for it. */
    static String name(ProfilerConfig config) {
        return CLASSES.entrySet().stream().filter(known -> known.getValue().equals(config.getKlass())).map(Map.Entry::getKey)
                .findFirst().orElse(config.getKlass());
    }
}
