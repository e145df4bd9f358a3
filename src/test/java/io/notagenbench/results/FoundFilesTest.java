package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundFilesTest {

    @TempDir
    Path folder;

    @Test
    void filesAreFoundAsDeepAsAsked() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Path file = Files.createFile(deep.resolve("file"));
        Path top = Files.createFile(folder.resolve("top"));
        assertThat(FoundFiles.below(folder, 3).files()).containsExactly(file, top);
        assertThat(FoundFiles.below(folder, 2).files()).containsExactly(top);
    }

    @Test
    void whatIsNoFileOfItsOwnIsPassedOver() throws Exception {
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor()).isZero();
        assertThat(FoundFiles.below(folder, 9)).isEqualTo(new FoundFiles(List.of(), List.of()));
    }

    @Test
    void aFolderThatIsNotThereIsNamedAsClosed() {
        Path none = folder.resolve("none");
        assertThat(FoundFiles.below(none, 3).files()).isEmpty();
        assertThat(FoundFiles.below(none, 3).closed()).containsExactly(none);
    }
}
