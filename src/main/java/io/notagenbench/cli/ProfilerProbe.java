package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.profiler.AsyncProfilerLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether async-profiler runs here, and what the kernel shows it. */
final class ProfilerProbe {

    private static final Path PARANOID = Path.of("/proc/sys/kernel/perf_event_paranoid");

    private ProfilerProbe() {
    }

    static Diagnosis.ProfilerCheck check() {
        try {
            Path library = AsyncProfilerLibrary.unpacked();
            System.load(library.toString());
            return new Diagnosis.ProfilerCheck(library.toString(), kernel(PARANOID), null);
        } catch (Fault e) {
            return new Diagnosis.ProfilerCheck(null, null, e.getMessage());
        } catch (UnsatisfiedLinkError e) {
            return new Diagnosis.ProfilerCheck(null, null, "The async-profiler library does not load: " + e.getMessage()
                    + ": profile with -prof jfr here.");
        }
    }

    /** What {@code perf_event_paranoid} means for {@code -prof async}; null where the kernel has no such file. */
    static String kernel(Path file) {
        try {
            int level = Integer.parseInt(Files.readString(file).strip());
            String seen = level <= 1 ? "kernel and user code" : level == 2 ? "user code" : "user code by timer";
            return "perf_event_paranoid is " + level + ": event=cpu shows " + seen
                    + (level <= 1 ? "" : "; sudo sysctl kernel.perf_event_paranoid=1 shows kernel code too");
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }
}
