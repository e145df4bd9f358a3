package io.notagenbench.sweep;

import io.notagenbench.device.CacheFolder;
import io.notagenbench.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The classes of the suite, JMH and both engines as a JVM keeps them in memory (application class data sharing), so that each
 * JVM of a sweep starts sooner. It is made once for each build, JDK and set of -X flags, and kept in the cache folder. The code that
 * is measured is compiled as without it.
 *
 * @param file   where it is; it may not be there yet
 * @param reason why there cannot be one, in one sentence; empty where there can
 */
public record ClassArchive(Path file, Optional<String> reason) {

    private static final String FOLDER = "classes";
    private static final String SUFFIX = ".jsa";
    private static final int MOST_KEPT = 4;
    private static final int PATIENCE_SECONDS = 180;
    /** A JVM that cannot use the archive goes on without it, and would say so in the log of each fork. */
    private static final String QUIET = "-Xlog:cds*=off";

    /** Loads what hosts and forks load: JMH, a piece by each engine, and results in JSON. */
    private static final List<String> TRAINING = List.of("FullPieceBenchmark\\.generate", "-f", "0", "-wi", "0", "-i", "1", "-p",
            "patches=2", "-p", "decoding=cached", "-rf", "json");

    /** The one for this process and those that it starts. */
    public static ClassArchive ofThisProcess() {
        List<String> flags = InheritedFlags.ofThisProcess();
        if (flags.stream().anyMatch(flag -> flag.startsWith("-Xshare:") || flag.startsWith("-XX:SharedArchiveFile")
                || flag.startsWith("-XX:ArchiveClassesAtExit"))) {
            return absent("the flags of this JVM say themselves what is shared");
        }
        List<Path> path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
        if (!path.stream().allMatch(Files::isRegularFile)) {
            return absent("the classes are not all in jars");
        }
        try {
            return new ClassArchive(CacheFolder.path().resolve(FOLDER).resolve(key(path, flags) + SUFFIX), Optional.empty());
        } catch (Fault | IOException e) {
            return absent(e.getMessage());
        }
    }

    private static ClassArchive absent(String reason) {
        return new ClassArchive(null, Optional.of(reason));
    }

    /** A JVM refuses an archive of another one, of other jars or with another heap, so each has a name of its own. */
    static String key(List<Path> jars, List<String> flags) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.name") + System.getProperty("java.vm.version")
                + System.getProperty("java.home")).append(flags.stream().filter(flag -> !flag.startsWith("-D")).toList());
        for (Path jar : jars) {
            text.append(jar.toAbsolutePath()).append(Files.size(jar)).append(Files.getLastModifiedTime(jar).toMillis());
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether it is there. */
    public boolean isThere() {
        return file != null && Files.isReadable(file);
    }

    /** The flags with which a JVM and its forks use it; none where it is not there. */
    public List<String> flags() {
        return isThere() ? List.of("-XX:SharedArchiveFile=" + file, QUIET) : List.of();
    }

    /**
     * Makes it where it is not there yet: once, in some seconds.
     *
     * @param launcher the command that runs JMH's command line
     * @return the same, or an absent one with the reason
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public ClassArchive made(List<String> launcher) throws InterruptedException {
        if (reason.isPresent() || isThere()) {
            return this;
        }
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = Files.createTempFile(file.getParent(), "unfinished", SUFFIX);
            Path results = Files.createTempFile(file.getParent(), "unfinished", ".json");
            try {
                return train(launcher, unfinished, results);
            } finally {
                Files.deleteIfExists(unfinished);
                Files.deleteIfExists(results);
            }
        } catch (IOException e) {
            return absent(Fault.reason(e));
        }
    }

    private ClassArchive train(List<String> launcher, Path unfinished, Path results) throws IOException, InterruptedException {
        // The JVM makes the file itself, and does not replace one.
        Files.delete(unfinished);
        List<String> command = new ArrayList<>(launcher);
        command.addAll(1, List.of("-XX:ArchiveClassesAtExit=" + unfinished, QUIET));
        command.addAll(TRAINING);
        command.addAll(List.of("-rff", results.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeAll(InheritedFlags.VARIABLES);
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return absent("to make it took longer than " + PATIENCE_SECONDS + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0 || !Files.isRegularFile(unfinished)) {
            return absent("the JVM that was to make it ended with exit code " + process.exitValue());
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        removeOldest();
        return this;
    }

    /** Those of earlier builds are of no use. */
    private void removeOldest() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> oldest = files.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(ClassArchive::time).reversed()).skip(MOST_KEPT).toList();
            for (Path each : oldest) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // another process has removed it
            return FileTime.fromMillis(0);
        }
    }

    /** For a person: where it is, or why there is none. */
    public String words() {
        return reason.map(why -> "none, so JVMs start more slowly: " + why)
                .orElseGet(() -> file + (isThere() ? "" : ", made by the first sweep"));
    }
}
