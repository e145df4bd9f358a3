package io.notagenbench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process of the suite that runs one command line after another, for those that only print something: starting a JVM is
 * most of their time.
 */
final class LaunchServer implements Closeable {

    /** Follows what a command line has printed to standard output. */
    private static final char END = '\0';

    private final ObjectMapper mapper = new ObjectMapper();
    private final Path err = Files.createTempFile("err", ".txt");
    private final Process process;
    private final OutputStream commands;
    private final InputStream out;
    private int errors;

    LaunchServer(ProcessBuilder builder) throws IOException {
        process = builder.redirectError(err.toFile()).start();
        commands = process.getOutputStream();
        out = process.getInputStream();
    }

    Launch run(String... args) throws IOException {
        commands.write((mapper.writeValueAsString(args) + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        for (int next = out.read(); next != END; next = out.read()) {
            if (next < 0) {
                throw new EOFException("The process has ended: " + printed + Files.readString(err));
            }
            printed.write(next);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        int status = text.lastIndexOf('\n');
        String all = Files.readString(err);
        Launch launch = new Launch(Integer.parseInt(text.substring(status + 1)), text.substring(0, status), all.substring(errors));
        errors = all.length();
        return launch;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.onExit().join();
        Files.delete(err);
    }

    public static void main(String[] args) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            int exitCode = CommandLineEntry.run(new ObjectMapper().readValue(line, String[].class));
            System.err.flush();
            System.out.print("\n" + exitCode + END);
            System.out.flush();
        }
    }
}
