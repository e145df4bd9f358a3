package io.notagenbench.cli;

import io.notagenbench.load.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * Ends the process of a cell when the sweep that started it has ended, for whatever reason: its end of standard input
 * then closes. So no process stays behind and disturbs the next measurement.
 */
final class ParentWatch {

    private static final int GONE = 1;

    private ParentWatch() {
    }

    /** Whether this is the process of a cell, which {@link ServerProcess.WATCHED} says. */
    static boolean isAsked() {
        return Boolean.getBoolean(ServerProcess.WATCHED);
    }

    static void startIfAsked() {
        if (isAsked()) {
            Thread watch = new Thread(() -> haltAtEndOf(System.in), "parent-watch");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private static void haltAtEndOf(InputStream in) {
        try {
            while (in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            // A broken pipe says the same as a closed one.
        }
        try (Stream<ProcessHandle> forks = ProcessHandle.current().descendants()) {
            forks.forEach(ProcessHandle::destroyForcibly);
        }
        Runtime.getRuntime().halt(GONE);
    }
}
