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

        /** As a person who may not read what is closed to its owner: as root without the rights of root. */
        Setting withoutRootsRights() {
            if (System.getProperty("user.name").equals("root")) {
                before.addAll(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
            }
            return this;
        }

        Setting flags(String... more) {
            flags.addAll(List.of(more));
            return this;
        }

        Setting environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        Launch run(String... args) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(before);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(flags);
            command.addAll(List.of("-cp", classes + System.getProperty("java.class.path"), "io.notagenbench.Main"));
            command.addAll(List.of(args));
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("Still running after five minutes: " + command);
            }
            Launch launch = new Launch(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return launch;
        }
    }
}
