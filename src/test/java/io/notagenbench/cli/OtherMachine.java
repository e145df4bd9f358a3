package io.notagenbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The suite in a process of its own, on a machine that is set up otherwise than this one. */
final class OtherMachine {

    private final Path folder;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> flags = new ArrayList<>(List.of("-Djmh.ignoreLock=true"));
    private final Map<String, String> variables = new HashMap<>();

    /** @param folder to work in */
    OtherMachine(Path folder) {
        this.folder = folder;
    }

    /** Runs what is before the java launcher, such as {@code unshare -m}. */
    OtherMachine under(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    OtherMachine flag(String flag) {
        flags.add(flag);
        return this;
    }

    OtherMachine variable(String name, Path value) {
        return variable(name, value.toString());
    }

    /** @param value null for a variable that is not set */
    OtherMachine variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Begins a command of the suite; what it prints goes into files. */
    Process start(Path out, Path err, String... args) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.notagenbench.Main"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        variables.forEach((name, value) -> {
            if (value == null) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder.start();
    }

    /** Runs a command of the suite to its end. */
    Launch run(String... args) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            Process process = start(out, err, args);
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("Still running after five minutes: " + String.join(" ", args));
            }
            return new Launch(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
