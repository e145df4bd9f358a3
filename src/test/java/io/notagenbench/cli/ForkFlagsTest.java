package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
}
