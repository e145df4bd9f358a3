package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ForkFlagsTest {

    @Test
    void newerJdksGetTheFlagsThatKeepThemQuiet() {
        assertThat(ForkFlags.of(17)).noneMatch(flag -> flag.startsWith("--"));
        assertThat(ForkFlags.of(25))
                .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void theVersionOfAnotherJdkIsReadFromItsReleaseFile(@TempDir Path home) throws IOException {
        Path launcher = Files.createDirectories(home.resolve("bin")).resolve("java");
        assertThat(ForkFlags.featureOf(launcher)).isEqualTo(17);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        assertThat(ForkFlags.featureOf(launcher)).isEqualTo(25);
    }

    /** JMH asks for the name of the process, which has the name of the host in it. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aForkLooksUpNoNameOfAHost() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ForkFlags.of(17));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Lookup.class.getName()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo("looked up nothing");
    }

    /** What the test runs in a fork. */
    static final class Lookup {

        public static void main(String[] args) throws IOException {
            try {
                InetAddress.getByName("localhost.localdomain.notagen-bench");
                System.out.print("looked a name up");
            } catch (UnknownHostException e) {
                System.out.print(e.getMessage().contains("/dev/null") ? "looked up nothing" : e);
            }
        }
    }
}
