package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.results.CellRow;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A sweep that runs in a process of its own.
 *
 * @param process of the sweep
 * @param folder  of its results
 * @param log     what it has printed
 */
record RunningSweep(Process process, Path folder, Path log) {

    private static final int SECONDS = 240;

    /**
     * Starts a sweep of a plan that asks for no lock.
     *
     * @param classes in front of the class path of the tests
     * @param before  shell commands that run first, in the process that then becomes the sweep
     */
    static RunningSweep start(Path classes, Path plan, Path folder, String before, String... options) throws IOException {
        return start(classes, plan, folder, before, List.of("-Djmh.ignoreLock=true"), options);
    }

    /**
     * As {@link #start(Path, Path, Path, String, String...)}.
     *
     * @param flags of its JVM
     */
    static RunningSweep start(Path classes, Path plan, Path folder, String before, List<String> flags, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", before + "exec \"$@\"", "sweep"));
        command.addAll(Launch.JAVA);
        command.addAll(flags);
        command.addAll(List.of("-Xmx256m", "-XX:ErrorFile=" + plan.resolveSibling("hs_err_%p.log"), "-cp",
                classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                "io.notagenbench.Main", "sweep", plan.toString(), "-o", folder.toString()));
        command.addAll(List.of(options));
        Path log = Files.createTempFile(plan.getParent(), "sweep", ".log");
        return new RunningSweep(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
                folder, log);
    }

    /** Waits until JMH measures in a fork; the processes of JMH's host and of its fork. */
    List<ProcessHandle> awaitFork() throws Exception {
        await("a fork", () -> process.descendants().filter(RunningSweep::isFork).findFirst().isPresent());
        ProcessHandle fork = process.descendants().filter(RunningSweep::isFork).findFirst().orElseThrow();
        return List.of(fork.parent().orElseThrow(), fork);
    }

    private static boolean isFork(ProcessHandle handle) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(handle.pid()), "cmdline")).contains("ForkedMain");
        } catch (IOException e) {
            return false;
        }
    }

    void awaitOutput(String text) throws Exception {
        await("output \"" + text + "\"", () -> output().contains(text));
    }

    void awaitRows(int count) throws Exception {
        await(count + " rows", () -> Files.exists(folder.resolve("journal.jsonl")) && rows().size() >= count);
    }

    private void await(String what, Callable<Boolean> there) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!there.call()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new TimeoutException("Missing: " + what + ": " + Files.readString(log));
            }
            Thread.sleep(10);
        }
    }

    /** Sends a signal as a person does. */
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
    }

    /** Ends the sweep and its children at once, as the kernel ends a container. */
    void kill(List<ProcessHandle> children) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-KILL", String.valueOf(process.pid())));
        children.forEach(child -> command.add(String.valueOf(child.pid())));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    int exitCode() throws Exception {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(() -> read(log)).isTrue();
        return process.exitValue();
    }

    List<CellRow> rows() {
        return new RunFolder(folder).rows();
    }

    String output() {
        return read(log);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
