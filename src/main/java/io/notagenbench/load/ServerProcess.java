package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@code serve} in a process of its own, on any free port of this machine. */
public final class ServerProcess implements AutoCloseable {

    /** System property of a process that ends when its standard input does, and so with the process that started it. */
    public static final String WATCHED = "notagenbench.endsWithInput";

    private static final int PATIENCE_SECONDS = 60;

    private static final String MAIN = "io.notagenbench.Main";

    private final Process process;
    private final Thread errors;
    private final URI address;
    private volatile String complaint = "it says nothing";

    /**
     * Waits until it is ready.
     *
     * @param launcher  the command that runs the suite's command line
     * @param arguments of {@code serve}
     * @param messages  hears what it says on standard error
     * @throws Fault (failed) if it does not start
     */
    public ServerProcess(List<String> launcher, List<String> arguments, Consumer<String> messages) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("serve", "--port", "0"));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw Fault.failed("The server cannot be started: " + e.getMessage() + ".", e);
        }
        errors = new Thread(() -> process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            complaint = line;
            messages.accept(line);
        }), "server-errors");
        errors.setDaemon(true);
        errors.start();
        address = address();
    }

    /**
     * The command that runs the suite's command line with the JDK and the class path of this process, which it does not outlive.
     *
     * @param flags of the JVM
     */
    public static List<String> launcher(List<String> flags) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-D" + WATCHED + "=true", "-cp", System.getProperty("java.class.path"), MAIN));
        return command;
    }

    private URI address() {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        try {
            String first = out.readLine();
            if (first != null && "ready".equals(out.readLine())) {
                return URI.create(first);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of a process cannot be read", e);
        }
        close();
        throw Fault.failed("The server did not start: " + complaint);
    }

    /** With a slash at its end. */
    public URI uri() {
        return address;
    }

    /** Lets it drain, and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            errors.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
