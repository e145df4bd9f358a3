package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class FolderCheckTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderThatIsMadeIsForThisUserAlone() throws IOException {
        Path made = folder.resolve("made");
        assertThat(FolderCheck.of(made).unwritable().or(FolderCheck.of(made)::foreign)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
    }

    @Test
    void aFolderOfAnotherUserIsTold() throws IOException {
        long owner = ((Number) Files.getAttribute(folder, "unix:uid")).longValue();
        assertThat(FolderCheck.foreign(folder, OptionalLong.of(owner))).isEmpty();
        assertThat(FolderCheck.user()).hasValue(owner);
        if (owner == 0) {
            Files.setAttribute(folder, "unix:uid", 4242);
            owner = 4242;
        }
        assertThat(FolderCheck.foreign(folder, OptionalLong.of(owner + 1))).hasValue("it belongs to another user (uid " + owner + ")");
        Path link = Files.createSymbolicLink(Files.createTempDirectory(folder, "of-this-user").resolve("link"), folder);
        assertThat(FolderCheck.foreign(link, OptionalLong.of(owner + 1))).as("through a link").isPresent();
        assertThat(FolderCheck.foreign(Path.of("/usr"), OptionalLong.of(owner + 1))).as("of root").isEmpty();
    }

    @Test
    void whatTheSystemSaysIsToldInWords() {
        assertThat(FolderCheck.of(Path.of("/proc/notagen-bench")).unwritable()).isPresent().get().asString().isNotEmpty()
                .doesNotContain("/proc/notagen-bench");
    }
}
