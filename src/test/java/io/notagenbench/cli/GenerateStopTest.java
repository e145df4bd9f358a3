package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and its like, while pieces are written. */
class GenerateStopTest {

    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"), "-cp", System.getProperty("java.class.path"),
                "io.notagenbench.Main", "generate", "-p", "backend=onnx", "-p", "timeLimit=0"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile()).start();
    }

    private int stop(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends after SIG" + signal).isTrue();
        return process.exitValue();
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void aPieceThatIsStoppedIsDeliveredAsFarAsItWasWritten() throws Exception {
        assumeFalse(SweepSurvivalTest.ignoresInterrupts(), "a shell started this in the background");
        String whole = Invocation.of("generate", "-p", "backend=onnx", "-p", "work=long").out();
        double seconds = 2;
        int exitCode;
        do {
            Process process = start("-p", "work=long", "-p", "decoding=recompute", "-p", "patchLength=256");
            process.waitFor((long) (seconds * 1000), TimeUnit.MILLISECONDS);
            exitCode = process.isAlive() ? stop(process, "INT") : process.exitValue();
            assertThat(exitCode).as(text("err")).isIn(INTERRUPTED, 0);
            // the machine may be slow to start or quick to write
            seconds *= exitCode == 0 ? 0.7 : 1.5;
        } while (exitCode == 0 || text("out").isEmpty() || text("err").contains("before its first bar was whole"));

        assertThat(whole).startsWith(text("out"));
        assertThat(text("out")).endsWith("\n").hasSizeLessThan(whole.length());
        assertThat(text("err")).containsPattern("stopped after \\d+ patches: its whole bars are on standard output\\.");
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("hs_err"));
    }

    @Test
    void aQueueThatIsStoppedKeepsItsPiecesAndNamesTheOthers() throws Exception {
        Process process = start("-p", "pieces=100000", "-p", "patches=30", "-o", "pieces");
        Path first = folder.resolve("pieces/seed-0.abc");
        for (int i = 0; i < 1200 && !Files.exists(first) && process.isAlive(); i++) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        assertThat(stop(process, "TERM")).as(text("err")).isEqualTo(TERMINATED);

        Invocation.of("generate", "-p", "backend=onnx", "-p", "patches=30", "-o", folder.resolve("alone").toString());
        assertThat(first).hasSameTextualContentAs(folder.resolve("alone"));
        try (var written = Files.list(folder.resolve("pieces"))) {
            assertThat(text("err")).containsPattern("The queue was stopped: " + written.count()
                    + " of 100000 pieces are in pieces; the missing seeds are .*\\d+ to 99999\\.");
        }
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("hs_err"));
    }
}
