package io.notagenbench.arms.original;

import io.notagenbench.device.OpenMp;
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
 * A Python process that runs a script. Requests and answers are one line each. The process is killed when this one
 * ends, or when an answer takes too long.
 */
final class PythonProcess implements AutoCloseable {

    private static final String END = "";
    private static final Duration END_OF_PROCESS = Duration.ofSeconds(5);

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
     * @throws Fault (usage) if the executable does not exist
     */
    PythonProcess(String python, Path script, Path log, Duration timeout) {
        this.python = python;
        this.timeout = timeout;
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(List.of(python, script.toString())).redirectError(log.toFile());
        // Python would write byte code into the checkout.
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
            // The stream of a killed process can break, which is an end, too.
        }
        lines.add(END);
    }

    /** Sends a line. If the process no longer reads, the next answer says so. */
    void tell(String line) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // The process has ended. What it said before that is still to be read, as the next answer.
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
                        + " s and was killed: allow it more time with --timeout SECONDS.");
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
        if (!process.waitFor(END_OF_PROCESS.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            return Fault.failed(python + " closed its output without an answer and was killed.");
        }
        return Fault.failed(python + " ended with exit code " + process.exitValue() + " without an answer. The last"
                + " line of its standard error: " + lastLine() + ".");
    }

    private String lastLine() {
        try {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            return text.lines().map(String::strip).filter(line -> !line.isEmpty())
                    .reduce((first, second) -> second).orElse("it is empty");
        } catch (IOException e) {
            return "it cannot be read";
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
            process.waitFor(END_OF_PROCESS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // This process is ending, so the hook runs or has run.
        }
    }
}
