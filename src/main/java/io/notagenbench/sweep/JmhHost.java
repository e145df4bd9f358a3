package io.notagenbench.sweep;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process in which JMH runs one command line after another, each with a fork of its own: a JVM around every fork would take as
 * long to start as the fork. Its main class reads command lines from standard input, each as a JSON array in a line, and writes a
 * line with its first argument and the exit code to standard output when one has ended.
 */
final class JmhHost {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DRAIN_SECONDS = 1;
    private static final long PATIENCE_SECONDS = 10;

    private final String end = UUID.randomUUID().toString();
    private final Process process;
    /** Bytes as characters: native code may print other bytes than UTF-8. */
    private final BufferedReader output;

    /**
     * @param launcher the command that runs the main class, without its argument
     * @param mark     in the environment of this process and its forks
     */
    JmhHost(List<String> launcher, String mark) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(end);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(Orphans.MARK, mark);
        // What they say is on the command line already, as far as it is handed down.
        builder.environment().keySet().removeAll(InheritedFlags.VARIABLES);
        process = builder.start();
        output = process.inputReader(StandardCharsets.ISO_8859_1);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Runs a command line.
     *
     * @param log gets everything that is printed
     * @return the exit code of JMH, or of the process if that has ended; empty if neither has ended in time
     */
    OptionalInt run(List<String> arguments, Path log, int timeoutSeconds) throws IOException, InterruptedException {
        try (OutputStream copy = Files.newOutputStream(log)) {
            CompletableFuture<OptionalInt> told = CompletableFuture.supplyAsync(() -> copyTo(copy), JmhHost::inThread);
            send(arguments);
            CompletableFuture.anyOf(told, process.onExit()).get(timeoutSeconds, TimeUnit.SECONDS);
            // A process that has ended may have left a child with its output.
            OptionalInt code = told.completeOnTimeout(OptionalInt.empty(), DRAIN_SECONDS, TimeUnit.SECONDS).get();
            return code.isEmpty() && process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS) ? OptionalInt.of(process.exitValue()) : code;
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a copy of lines throws nothing", e);
        }
    }

    private static void inThread(Runnable task) {
        Thread thread = new Thread(task, "jmh-output");
        thread.setDaemon(true);
        thread.start();
    }

    private void send(List<String> arguments) {
        try {
            OutputStream commands = process.getOutputStream();
            commands.write((JSON.writeValueAsString(arguments) + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
        } catch (IOException e) {
            // It has ended, as its exit code will tell.
        }
    }

    /** Copies what is printed until the command line or the process has ended; the exit code in the first case. */
    private OptionalInt copyTo(OutputStream log) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                int mark = line.indexOf(end);
                if (mark < 0) {
                    copy(line + "\n", log);
                    continue;
                }
                // Something may have been printed without an end of its line.
                copy(line.substring(0, mark), log);
                return OptionalInt.of(Integer.parseInt(line.substring(mark + end.length()).strip()));
            }
        } catch (IOException e) {
            // It was killed.
        }
        return OptionalInt.empty();
    }

    /** A full disk must not stop the process, which would wait for its output to be read. */
    private static void copy(String text, OutputStream log) {
        try {
            log.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // the sweep looks at the disk itself
        }
    }

    /** Ends it with its descendants. */
    void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Lets it end, with its input. */
    void end() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended.
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            kill();
            process.waitFor();
        }
    }
}
