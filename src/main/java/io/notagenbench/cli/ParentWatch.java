package io.notagenbench.cli;

import io.notagenbench.load.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Ends a process when the one that started it has ended, for whatever reason: its end of standard input then closes. So no process
 * stays behind and disturbs the next measurement.
 */
final class ParentWatch {

    private static final int GONE = 1;
    private static boolean started;

    private ParentWatch() {
    }

    /** Whether another process of the suite has started this one, which {@link ServerProcess.WATCHED} says. */
    static boolean isAsked() {
        return Boolean.getBoolean(ServerProcess.WATCHED);
    }

    static void startIfAsked() {
        if (isAsked()) {
            start(line -> { });
        }
    }

    /**
     * Begins to read standard input, unless this process does so already.
     *
     * @param lines hears each line
     */
    static synchronized void start(Consumer<String> lines) {
        if (!started) {
            started = true;
            Thread watch = new Thread(() -> haltAtEnd(lines), "parent-watch");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private static void haltAtEnd(Consumer<String> lines) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            in.lines().forEach(lines);
        } catch (IOException | UncheckedIOException e) {
            // A broken pipe says the same as a closed one.
        }
        try (Stream<ProcessHandle> forks = ProcessHandle.current().descendants()) {
            forks.forEach(ProcessHandle::destroyForcibly);
        }
        Runtime.getRuntime().halt(GONE);
    }
}
