package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts for cards refuse before they do anything. */
@DisabledOnOs(OS.WINDOWS)
class GpuScriptsTest {

    @TempDir
    Path folder;

    private record Ended(int exitCode, String out) {
    }

    private static Ended run(String script, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "gpu/" + script));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), out);
    }

    @Test
    void checkTakesADeviceAndParameters() throws Exception {
        assertThat(run("check.sh", "cpu")).isEqualTo(new Ended(2,
                "'cpu' is neither a device nor -p name=value. Usage: gpu/check.sh [--short[=MINUTES]] [cuda|cuda:N] [-p name=value ...]\n"));
        assertThat(run("check.sh", "cuda:1", "-p").exitCode()).isEqualTo(2);
        assertThat(run("check.sh", "--help")).isEqualTo(new Ended(0, "Usage: gpu/check.sh [--short[=MINUTES]] [cuda|cuda:N] [-p name=value ...]\n"));
    }

    @Test
    void aBundleNeedsAFolderOfItsOwn() throws Exception {
        assertThat(run("bundle.sh").exitCode()).isEqualTo(2);
        assertThat(run("bundle.sh", "-h")).isEqualTo(new Ended(2, "Usage: gpu/bundle.sh [--short] FOLDER\n"));
        Files.writeString(folder.resolve("mine.txt"), "not to be mixed with pieces");
        Ended ended = run("bundle.sh", folder.toString());
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).endsWith("is not empty: name a new folder.\n");
        assertThat(folder).isDirectoryContaining("glob:**mine.txt");
    }

    /** Runs functions of gpu/steps.sh in a folder. */
    private Ended steps(String commands) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", "root=. java=java; . gpu/steps.sh; folder=" + folder + " failures=0; " + commands
                + "; cat " + folder.resolve("check.txt")).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), out);
    }

    @Test
    void aStepThatFailsOrTakesTooLongEndsAlone() throws Exception {
        assertThat(steps("step 9 first false; step 1 second sleep 30; step 9 third true; echo $failures of them").out())
                .containsPattern("FAILED +first \\(exit code 1").containsPattern("FAILED +second \\(it took longer than its 1 s\\)")
                .containsPattern("ok +third").contains("2 of them");
    }

    @Test
    void nothingBeginsWhenTheTimeIsOver() throws Exception {
        assertThat(steps("deadline=$(date +%s); step 9 late true").out()).contains("left    late (the time was over)");
    }

    @Test
    void textsThatDifferByRoundingAreNoFailure() throws Exception {
        Files.writeString(folder.resolve("cpu"), "0.25 65 3.0e-2\n0.5 66 4.0e-6\n0.75 67 1.0e-1\n");
        Files.writeString(folder.resolve("rounding"), "0.25 65 3.0e-2\n0.5 70 2.0e-6\n0.75 90 1.0e-1\n");
        Files.writeString(folder.resolve("wrong"), "0.25 65 3.0e-2\n0.5 70 -1\n0.75 90 1.0e-1\n".replace("-1", "2.0e-3"));
        assertThat(steps("cd " + folder + "; same_draws cpu rounding && echo is well; same_draws cpu wrong || echo is a defect; same_draws cpu cpu"
                + " || echo is odd; touch check.txt").out()).isEqualTo("""
                draw 2: character 70, not 66, margin 4.000e-06: rounding
                is well
                draw 2: character 70, not 66, margin 2.000e-03: no rounding
                is a defect
                no draw differs, and the texts do
                is odd
                """.replace("4.000e-06", "4.0e-6").replace("2.000e-03", "2.0e-3"));
    }

    @Test
    void partsOfACardAreNoCards() throws Exception {
        Path smi = folder.resolve("nvidia-smi");
        Files.writeString(smi, "#!/bin/sh\necho 'GPU 0: NVIDIA H200 (UUID: GPU-1)'\necho '  MIG 1g.18gb Device 0: (UUID: MIG-1)'\n");
        assertThat(smi.toFile().setExecutable(true)).isTrue();
        String path = "touch " + folder.resolve("check.txt") + "; export PATH=" + folder + ":$PATH; ";
        assertThat(steps(path + "unset CUDA_VISIBLE_DEVICES; cards").out()).isEqualTo("1\n");
        assertThat(steps(path + "CUDA_VISIBLE_DEVICES=0,3 cards").out()).isEqualTo("2\n");
    }
}
