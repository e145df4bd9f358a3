package io.notagenbench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a real process of the suite did. */
record Launch(int exitCode, String out, String err) {

    /**
     * Runs {@code Main} of this build with the class path of the tests and one more entry in front, in {@code
     * folder}.
     */
    static Launch of(Path folder, Path classes, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djmh.ignoreLock=true",
                "-cp", classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                "io.notagenbench.Main"));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("Still running after five minutes: " + command);
        }
        return new Launch(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
