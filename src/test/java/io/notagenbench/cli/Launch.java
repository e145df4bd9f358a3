package io.notagenbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a real process of the suite did. */
record Launch(int exitCode, String out, String err) {

    /**
     * The launcher of this JDK. Such processes end before optimised code would pay for its compilation, and another process of tests
     * is beside them, with which engines with a thread for each core would compete.
     */
    static final List<String> JAVA = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=1");

    /**
     * Runs {@code Main} of this build with the class path of the tests and one more entry in front, in {@code
     * folder}.
     */
    static Launch of(Path folder, Path classes, String... args) throws IOException, InterruptedException {
        return in(folder).classes(classes).run(args);
    }

    static Setting in(Path folder) {
        return new Setting(folder);
    }

    /** How a process is started. */
    static final class Setting {

        private final Path folder;
        private final List<String> before = new ArrayList<>();
        private final List<String> flags = new ArrayList<>(List.of("-Djmh.ignoreLock=true"));
        private final Map<String, String> environment = new HashMap<>();
        private String classes = "";

        private Setting(Path folder) {
            this.folder = folder;
        }

        /** One more entry in front of the class path. */
        Setting classes(Path more) {
            classes = more + System.getProperty("path.separator");
            return this;
        }

        /** Runs what is before the launcher of Java, such as {@code unshare -m}. */
        Setting under(String... command) {
            before.addAll(List.of(command));
            return this;
        }

        /** As a person who may not read what is closed to its owner: as root without the rights of root. */
        Setting withoutRootsRights() {
            return System.getProperty("user.name").equals("root")
                    ? under("setpriv", "--bounding-set", "-dac_override,-dac_read_search") : this;
        }

        Setting flags(String... more) {
            flags.addAll(List.of(more));
            return this;
        }

        /** @param value null for a variable that is not set */
        Setting environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

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

        /** Begins a command; what it prints goes into files. */
        Process start(Path out, Path err, String... args) throws IOException {
            return builder("io.notagenbench.Main", args).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        }

        /** A process in which command lines are run one after another. */
        LaunchServer serve() throws IOException {
            return new LaunchServer(builder(LaunchServer.class.getName()));
        }

        private ProcessBuilder builder(String main, String... args) {
            List<String> command = new ArrayList<>(before);
            command.addAll(JAVA);
            command.addAll(flags);
            command.addAll(List.of("-cp", classes + System.getProperty("java.class.path"), main));
            command.addAll(List.of(args));
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            environment.forEach((name, value) -> {
                if (value == null) {
                    builder.environment().remove(name);
                } else {
                    builder.environment().put(name, value);
                }
            });
            return builder;
        }
    }
}
