package io.notagenbench.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Finds the processes that a dead process has left running. Its children are no longer its own, but they have its environment: a mark in
 * it tells them (Linux, where {@code /proc} shows it).
 */
final class Orphans {

    /** Name of the environment variable that holds the mark. */
    static final String MARK = "NOTAGENBENCH_CELL";

    private Orphans() {
    }

    /** Kills every process with this mark. Does not wait for their end. */
    static void kill(String mark) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(process -> isMarked(process, mark)).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isMarked(ProcessHandle process, String mark) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark + "\0");
        } catch (IOException e) {
            // of another user, or gone
            return false;
        }
    }
}
