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
                "'cpu' is neither a device nor -p name=value. Usage: gpu/check.sh [cuda|cuda:N] [-p name=value ...]\n"));
        assertThat(run("check.sh", "cuda:1", "-p").exitCode()).isEqualTo(2);
        assertThat(run("check.sh", "--help")).isEqualTo(new Ended(0, "Usage: gpu/check.sh [cuda|cuda:N] [-p name=value ...]\n"));
    }

    @Test
    void aBundleNeedsAFolderOfItsOwn() throws Exception {
        assertThat(run("bundle.sh").exitCode()).isEqualTo(2);
        assertThat(run("bundle.sh", "-h")).isEqualTo(new Ended(2, "Usage: gpu/bundle.sh FOLDER\n"));
        Files.writeString(folder.resolve("mine.txt"), "not to be mixed with pieces");
        Ended ended = run("bundle.sh", folder.toString());
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).endsWith("is not empty: name a new folder.\n");
        assertThat(folder).isDirectoryContaining("glob:**mine.txt");
    }
}
