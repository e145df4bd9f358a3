package io.notagenbench.profiler;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.zip.CRC32;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.WorkloadParams;

/**
 * Where the profiles of cells go. JMH names the folder of a cell after the benchmark and all its parameters, which soon
 * is longer than a file system allows; here what is at its default is left out, a path is its last name, and the rest
 * is cut.
 */
final class ProfileFolder {

    /** JMH's option that names another. */
    static final String OPTION = "dir";

    /** Where profiles go unless the option is given, from the working directory. */
    static final String DEFAULT = "profiles";

    /** Leaves room for the mode that JMH appends, also in the 143 bytes that an encrypted file system leaves of 255. */
    static final int MOST_LETTERS = 110;

    /** Size of the test file; it fails only on a full disk. */
    private static final int TRIAL_BYTES = 4096;

    private ProfileFolder() {
    }

    /** {@code cell} under a short name, its parameters moved into it; everything else is the same. */
    static BenchmarkParams shorten(BenchmarkParams cell) {
        return new BenchmarkParams(name(cell), cell.generatedBenchmark(), cell.shouldSynchIterations(),
                cell.getThreads(), cell.getThreadGroups(), cell.getThreadGroupLabels(),
                cell.getForks(), cell.getWarmupForks(), cell.getWarmup(), cell.getMeasurement(),
                cell.getMode(), new WorkloadParams(), cell.getTimeUnit(), cell.getOpsPerInvocation(),
                cell.getJvm(), cell.getJvmArgs(), cell.getJdkVersion(), cell.getVmName(), cell.getVmVersion(),
                cell.getJmhVersion(), cell.getTimeout());
    }

    /** The result of a cell under its short name. */
    static BenchmarkResult shorten(BenchmarkResult result) {
        return new BenchmarkResult(shorten(result.getParams()), result.getIterationResults(), result.getMetadata());
    }

    /**
     * Writes a file there and deletes it.
     *
     * @param profiler its name in {@code -prof}
     * @throws Fault (usage) if a profile cannot be written there
     */
    static void requireWritable(String profiler, Path folder) {
        Deque<Path> made = new ArrayDeque<>();
        for (Path missing = folder.toAbsolutePath(); missing != null && !Files.exists(missing); missing = missing.getParent()) {
            made.push(missing);
        }
        try {
            Files.createDirectories(folder);
            Path trial = Files.createTempFile(folder, "trial", ".tmp");
            try {
                Files.write(trial, new byte[TRIAL_BYTES]);
            } finally {
                Files.delete(trial);
            }
        } catch (IOException e) {
            throw Fault.usage("-prof " + profiler + " cannot write its profiles into " + folder.toAbsolutePath() + ": "
                    + reason(e) + ". Name a folder where it can: -prof " + profiler + ":dir=/tmp/profiles.", e);
        } finally {
            made.descendingIterator().forEachRemaining(path -> path.toFile().delete());
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "you may not write there";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof FileSystemException system && system.getReason() != null
                && system.getReason().equals("Not a directory")) {
            return "a file is in its place";
        }
        return e instanceof FileSystemException system
                ? Optional.ofNullable(system.getReason()).orElse("the folder cannot be made") : e.getMessage();
    }

    private static String name(BenchmarkParams cell) {
        String method = cell.getBenchmark();
        int packageEnd = method.lastIndexOf('.', method.lastIndexOf('.') - 1);
        StringBuilder name = new StringBuilder(method.substring(packageEnd + 1));
        for (String key : cell.getParamsKeys()) {
            String value = cell.getParam(key);
            Optional<Parameter> known = Parameter.named(key);
            if (known.isEmpty() || !known.get().defaultValue().equals(value)) {
                name.append('-').append(key).append('-').append(shortened(value));
            }
        }
        if (name.length() <= MOST_LETTERS) {
            return name.toString();
        }
        return name.substring(0, MOST_LETTERS) + '-' + hash(cell.id());
    }

    /** Replaces letters that some file systems refuse. A hash keeps apart names that would become the same. */
    private static String shortened(String value) {
        String last = value.substring(value.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return last.equals(value) ? value : last + '-' + hash(value);
    }

    private static String hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
