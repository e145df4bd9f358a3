package io.notagenbench.profiler;

import io.notagenbench.device.CacheFolder;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * async-profiler's native library out of its jar on the class path: unpacked once into the cache folder, under a name
 * that holds the hash of its content, so that versions stand side by side and a damaged file is written again.
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
        return unpack(platform, CacheFolder.path());
    }

    static Path unpack(String platform, Path cache) {
        String resource = "/" + platform + "/libasyncProfiler.so";
        try (InputStream in = AsyncProfilerLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw Fault.failed("The async-profiler jar is not on the class path: keep lib/ beside benchmarks.jar.");
            }
            byte[] library = in.readAllBytes();
            Path target = cache.resolve("async-profiler-" + platform + "-" + hash(library))
                    .resolve("libasyncProfiler.so")
                    .toAbsolutePath();
            if (!holds(target, library)) {
                write(target, library);
            }
            return target;
        } catch (IOException e) {
            throw Fault.failed("The async-profiler library cannot be unpacked into " + cache + ": " + e.getMessage()
                    + "; set XDG_CACHE_HOME to a folder that can be written to.", e);
        }
    }

    private static boolean holds(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }

    /** Writes beside the target and moves, so that a process that reads it never sees half a library. */
    private static void write(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), "unpacking", ".part");
        try {
            Files.write(part, content);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
