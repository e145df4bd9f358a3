package io.notagenbench.profiler;

import io.notagenbench.device.BundledLibrary;
import io.notagenbench.device.LibraryFolder;
import io.notagenbench.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * async-profiler's native library out of its jar on the class path: unpacked once into the cache folder, under a name
 * that holds the hash of its content, so that several versions fit in one folder and a damaged file is replaced.
 */
public final class AsyncProfilerLibrary {

    private AsyncProfilerLibrary() {
    }

    /** Folder of this platform's library in the jar; empty where async-profiler has none. */
    static Optional<String> platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
        if (os.startsWith("mac") && (arm || intel)) {
            return Optional.of("macos");
        }
        if (os.equals("linux") && intel) {
            return Optional.of("linux-x64");
        }
        return os.equals("linux") && arm ? Optional.of("linux-arm64") : Optional.empty();
    }

    /**
     * The library of this platform, unpacked.
     *
     * @return an absolute path
     * @throws Fault (failed) where async-profiler does not run on this platform, or the library cannot be unpacked
     */
    public static Path unpacked() {
        String osName = System.getProperty("os.name");
        String osArch = System.getProperty("os.arch");
        String platform = platform(osName, osArch).orElseThrow(() -> Fault.failed("async-profiler has no library for "
                + osName + " on " + osArch + ": profile with -prof jfr or -prof stack here."));
        BundledLibrary library = BundledLibrary.find("/" + platform + "/libasyncProfiler.so").orElseThrow(() ->
                Fault.failed("The async-profiler jar is not on the class path: keep lib/ beside benchmarks.jar."));
        return LibraryFolder.inCache().holding("async-profiler", "async-profiler-" + platform + "-" + library.version(),
                List.of(library)).resolve(library.fileName());
    }
}
