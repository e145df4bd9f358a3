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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs JMH in a process of its own, one at a time. Another thread may stop it. */
public final class CellProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> launcher;
    private final String mark;
    private final Path temporary;
    private Process running;
    private boolean stopped;

    /**
     * @param launcher the command that runs JMH's command line, to which the arguments of a cell are added
     * @param folder   of the run; every process with its path as a mark in its environment belongs to the run
     */
    public CellProcess(List<String> launcher, Path folder) {
        this.launcher = List.copyOf(launcher);
        mark = folder.toAbsolutePath().normalize().toString();
        temporary = new RunFolder(folder).temporary();
    }

    /**
     * The command that runs a main class with the JDK, the JVM flags and the class path of this process.
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

    /** Kills processes that an earlier run of this folder may have left behind when it was killed. */
    void clear() {
        Orphans.kill(mark);
        removeTemporary();
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
        List<String> command = new ArrayList<>(launcher);
        command.addAll(arguments);
        command.addAll(List.of("-rf", "json", "-rff", result.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put(Orphans.MARK, mark);
        // What they say is on the command line already, as far as it is handed down.
        builder.environment().keySet().removeAll(InheritedFlags.VARIABLES);
        Files.createDirectories(temporary);
        try {
            return run(builder, log, result, timeoutSeconds);
        } finally {
            removeTemporary();
        }
    }

    private Finished run(ProcessBuilder builder, Path log, Path result, int timeoutSeconds) throws IOException, InterruptedException {
        OomKills before = OomKills.now();
        Process process = start(builder);
        boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
        if (!ended) {
            kill(process);
        }
        // Until here its open standard input has told the child that this process lives.
        process.getOutputStream().close();
        requireGoingOn(process);
        ForkReport report = ForkReport.read(report(temporary));
        if (ended && process.exitValue() == 0) {
            List<JsonNode> results = results(result);
            return new Finished(results.isEmpty() ? ForkEnd.withoutResult(lines(log)) : ForkEnd.ok(), results, report);
        }
        Orphans.kill(mark);
        return new Finished(ended ? ForkEnd.of(process.exitValue(), report, lines(log), OomKills.now().since(before))
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

    private synchronized Process start(ProcessBuilder builder) throws IOException, InterruptedException {
        if (stopped) {
            throw new InterruptedException();
        }
        running = builder.start();
        return running;
    }

    /** Waits a moment: a signal for a whole group of processes may reach the child before this process. */
    private synchronized void requireGoingOn(Process process) throws InterruptedException {
        if (!stopped && (process.exitValue() == ForkEnd.SIGINT || process.exitValue() == ForkEnd.SIGTERM)) {
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
        if (running != null) {
            killAll(running);
        }
    }

    private static void kill(Process process) throws InterruptedException {
        killAll(process);
        process.waitFor();
    }

    private static void killAll(Process process) {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            List<ProcessHandle> all = descendants.toList();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
