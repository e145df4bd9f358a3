package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    private static final Path TEMPORARY = Path.of("/var/tmp").toAbsolutePath();
    private static final OptionalLong USER = OptionalLong.of(12345);

    private static List<Path> places(Map<String, String> environment, String home, OptionalLong user) {
        Properties properties = new Properties();
        properties.setProperty("user.home", home);
        properties.setProperty("user.name", "jo");
        properties.setProperty("java.io.tmpdir", "/var/tmp");
        return CacheFolder.places(environment, properties, user);
    }

    @Test
    void isThereAndCanBeWrittenTo() {
        assertThat(CacheFolder.path()).isAbsolute().satisfies(path -> assertThat(Files.isWritable(path)).isTrue());
        assertThat(CacheFolder.path().getFileName().toString()).startsWith("notagen-bench");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isInTheHomeUnlessThePersonNamesAnother() {
        Path last = TEMPORARY.resolve("notagen-bench-12345");
        assertThat(places(Map.of(), "/home/jo", USER)).containsExactly(Path.of("/home/jo/.cache/notagen-bench"), last);
        assertThat(places(Map.of("XDG_CACHE_HOME", "/cache"), "/home/jo", USER))
                .containsExactly(Path.of("/cache/notagen-bench"), last);
        assertThat(places(Map.of("XDG_CACHE_HOME", "not/absolute"), "/home/jo", USER))
                .containsExactly(Path.of("/home/jo/.cache/notagen-bench"), last);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aUserWithoutANameHasAFolderOfHisOwn() {
        assertThat(places(Map.of(), "?", USER)).containsExactly(TEMPORARY.resolve("notagen-bench-12345"));
        assertThat(places(Map.of("HOME", "/data"), "?", USER))
                .containsExactly(Path.of("/data/.cache/notagen-bench"), TEMPORARY.resolve("notagen-bench-12345"));
        assertThat(places(Map.of("HOME", ""), "?", OptionalLong.empty())).containsExactly(TEMPORARY.resolve("notagen-bench-jo"));
    }

    @Test
    void whereNothingCanBeWrittenTheNextPlaceIsTaken(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path usable = folder.resolve("deep/er");
        assertThat(CacheFolder.choose(List.of(file.resolve("x"), usable))).isEqualTo(usable).isDirectory();
        assertThatThrownBy(() -> CacheFolder.choose(List.of(file, file.resolve("x")))).isInstanceOf(Fault.class)
                .hasMessageContaining(file + ": it is not a folder").hasMessageContaining("XDG_CACHE_HOME");
        try (var left = Files.list(usable)) {
            assertThat(left).isEmpty();
        }
    }
}
