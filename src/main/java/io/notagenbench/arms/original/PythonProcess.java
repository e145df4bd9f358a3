package io.notagenbench.arms.original;

import io.notagenbench.engine.pytorch.OpenMp;
import io.notagenbench.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Python that runs a script, asked and answering in lines; it never outlives this process, nor the time it has for an
 * answer.
 */
final class PythonProcess implements AutoCloseable {

    private static final String END = "";
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final String python;
    private final Duration timeout;
    private final Path log;
    private final Process process;
    private final Thread onExit;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /**
     * @param python  the executable
     * @param script  what it runs
     * @param log     file for what goes to standard error
     * @param timeout for each answer
     * @throws Fault (usage) if there is no such executable
     */
    PythonProcess(String python, Path script, Path log, Duration timeout) {
        this.python = python;
        this.timeout = timeout;
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(List.of(python, script.toString())).redirectError(log.toFile());
        // No byte code in somebody's checkout.
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        OpenMp.boundSpinning(builder.environment());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw Fault.usage("--python " + python + " cannot be started (" + e.getMessage()
                    + "): name a Python 3 that has the requirements of NotaGen.", e);
        }
        onExit = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(onExit);
        Thread reader = new Thread(this::read, "answers of the original");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // The stream of a killed process breaks: its end is what matters.
        }
        lines.add(END);
    }

    /** Sends a line; that nobody listens any more shows in the next answer. */
    void tell(String line) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // It has ended, or will say so: what it still said comes first.
        }
    }

    /**
     * Waits for the next line that is not blank.
     *
     * @throws Fault if the process ends instead, or says nothing in time and is killed
     */
    String answer() {
        try {
            String line = lines.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                kill();
                throw Fault.failed("The original gave no answer within " + timeout.toSeconds()
                        + " s and was killed: give it more with --timeout SECONDS.");
            }
            if (line.equals(END)) {
                throw ended();
            }
            return line;
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw Fault.failed("The original was interrupted and killed.", e);
        }
    }

    private Fault ended() throws InterruptedException {
        if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            return Fault.failed(python + " closed its output without an answer and was killed.");
        }
        return Fault.failed(python + " ended with exit code " + process.exitValue() + " without an answer; its last"
                + " words: " + lastWords() + ".");
    }

    private String lastWords() {
        try {
            String words = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            return words.lines().map(String::strip).filter(line -> !line.isEmpty())
                    .reduce((first, second) -> second).orElse("none");
        } catch (IOException e) {
            return "none that can be read";
        }
    }

    private void kill() {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            List<ProcessHandle> all = descendants.toList();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The machine is going down: the hook runs or has run.
        }
    }
}
