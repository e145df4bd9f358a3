package io.notagenbench.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.OomKills;
import io.notagenbench.fault.Outcome;
import io.notagenbench.load.ServerProcess;
import io.notagenbench.results.ForkReport;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs JMH in a process of its own, one cell at a time. The process goes on with the next cell where all was well, and is replaced
 * by another where not. Another thread may stop it.
 */
public final class CellProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> launcher;
    private final List<String> common;
    private final String mark;
    private final Path temporary;
    private JmhHost host;
    private boolean stopped;

    /**
     * @param launcher the command that runs the main class of a {@link JmhHost}
     * @param common   arguments of JMH for every cell
     * @param folder   of the run; every process with its path as a mark in its environment belongs to the run
     */
    public CellProcess(List<String> launcher, List<String> common, Path folder) {
        this.launcher = List.copyOf(launcher);
        this.common = List.copyOf(common);
        mark = folder.toAbsolutePath().normalize().toString();
        temporary = new RunFolder(folder).temporary();
    }

    /**
     * The command that runs a main class with the JDK, the JVM flags and the class path of this process, which it does not outlive.
     *
     * @param folder of the run, where its temporary files go
     * @param more   flags that its forks get, too
     */
    public static List<String> launcher(String mainClass, Path folder, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(InheritedFlags.ofHosts());
        command.addAll(more);
        command.addAll(InheritedFlags.ofThisProcess());
        command.add("-Djava.io.tmpdir=" + new RunFolder(folder).temporary().toAbsolutePath());
        command.add("-D" + ServerProcess.WATCHED + "=true");
        command.addAll(ForkReport.flags(report(new RunFolder(folder).temporary())));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }

    private static Path report(Path temporary) {
        return temporary.resolve("fork.json");
    }

    /** Kills all processes of this folder, also those that an earlier run may have left behind when it was killed. */
    void clear() throws InterruptedException {
        stopHost();
        Orphans.kill(mark);
        close();
    }

    private synchronized void stopHost() {
        if (host != null) {
            host.kill();
        }
    }

    /** A process that was killed may still write here: what is left is removed after the next fork. */
    private void removeTemporary() {
        try (Stream<Path> files = Files.walk(temporary)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // it is not there, or a process that dies removes from it
        }
    }

    /**
     * How JMH ended.
     *
     * @param end     {@link Outcome#OK} where it left results
     * @param results elements of its JSON array; none where it did not end well
     * @param report  what its fork told
     */
    record Finished(ForkEnd end, List<JsonNode> results, ForkReport report) {
    }

    /**
     * Runs JMH once.
     *
     * @param arguments of its command line, without where its results go
     * @param log       file for everything that is printed
     * @throws InterruptedException if {@link #stop} was called
     */
    Finished run(List<String> arguments, Path log, int timeoutSeconds) throws IOException, InterruptedException {
        Path result = temporary.resolve("result.json");
        List<String> all = new ArrayList<>(common);
        all.addAll(arguments);
        all.addAll(List.of("-rf", "json", "-rff", result.toString()));
        Files.createDirectories(temporary);
        Files.deleteIfExists(result);
        Files.deleteIfExists(report(temporary));
        OomKills before = OomKills.now();
        OptionalInt code = host().run(all, log, timeoutSeconds);
        requireGoingOn(code);
        ForkReport report = ForkReport.read(report(temporary));
        if (code.equals(OptionalInt.of(0))) {
            List<JsonNode> results = results(result);
            return new Finished(results.isEmpty() ? ForkEnd.withoutResult(lines(log)) : ForkEnd.ok(), results, report);
        }
        clear();
        return new Finished(code.isPresent() ? ForkEnd.of(code.getAsInt(), report, lines(log), OomKills.now().since(before))
                : ForkEnd.timeout(timeoutSeconds), List.of(), report);
    }

    private static List<JsonNode> results(Path file) throws IOException {
        List<JsonNode> results = new ArrayList<>();
        if (Files.exists(file)) {
            try {
                JSON.readTree(file.toFile()).forEach(results::add);
            } catch (JsonProcessingException e) {
                return List.of();
            }
        }
        return results;
    }

    /** Lines of a log; native code may print other bytes than UTF-8. */
    static List<String> lines(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    }

    private synchronized JmhHost host() throws IOException, InterruptedException {
        if (stopped) {
            throw new InterruptedException();
        }
        if (host == null || !host.isAlive()) {
            host = new JmhHost(launcher, mark);
        }
        return host;
    }

    /** Waits a moment: a signal for a whole group of processes may reach the child before this process. */
    private synchronized void requireGoingOn(OptionalInt code) throws InterruptedException {
        if (!stopped && (code.equals(OptionalInt.of(ForkEnd.SIGINT)) || code.equals(OptionalInt.of(ForkEnd.SIGTERM)))) {
            wait(TimeUnit.SECONDS.toMillis(1));
        }
        if (stopped) {
            throw new InterruptedException();
        }
    }

    /** Kills what runs, with all its descendants; nothing can be run afterwards. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
        stopHost();
    }

    /** Ends the process and removes its temporary files. */
    @Override
    public void close() throws InterruptedException {
        if (host != null) {
            host.end();
        }
        removeTemporary();
    }
}
