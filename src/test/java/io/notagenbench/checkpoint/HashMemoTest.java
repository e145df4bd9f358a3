package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashMemoTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;
    private Path file;
    private int computed;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("weights.pth");
        write("one", LONG_AGO);
    }

    private void write(String content, Instant changed) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private String hash(long large) {
        return HashMemo.in(folder.resolve("hashes"), large).of(file, () -> {
            computed++;
            try {
                return Sha256.of(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void readsAFileOnce() {
        assertThat(hash(1)).isEqualTo(hash(1)).isEqualTo(Sha256.of("one".getBytes()));
        assertThat(computed).isEqualTo(1);
    }

    @Test
    void readsItAgainWhereItChanged() throws IOException {
        hash(1);
        write("two", LONG_AGO.plusSeconds(1));
        assertThat(hash(1)).isEqualTo(Sha256.of("two".getBytes()));
        write("three", LONG_AGO.plusSeconds(1));
        assertThat(hash(1)).isEqualTo(Sha256.of("three".getBytes()));
    }

    @Test
    void readsItAgainWhereAnotherFileHasTakenItsPlace() throws IOException {
        hash(1);
        Path other = folder.resolve("other");
        Files.writeString(other, "two");
        Files.setLastModifiedTime(other, FileTime.from(LONG_AGO));
        Files.move(file, folder.resolve("old"));
        Files.move(other, file);
        assertThat(hash(1)).isEqualTo(Sha256.of("two".getBytes()));
    }

    @Test
    void remembersNeitherWhatHasJustChangedNorWhatIsSmall() throws IOException {
        hash(4);
        write("two", Instant.now());
        hash(1);
        hash(1);
        assertThat(computed).isEqualTo(3);
        assertThat(folder.resolve("hashes")).doesNotExist();
    }

    @Test
    void doesNotBelieveADamagedEntry() throws IOException {
        hash(1);
        try (Stream<Path> entries = Files.list(folder.resolve("hashes"))) {
            Files.writeString(entries.findFirst().orElseThrow(), "nonsense");
        }
        assertThat(hash(1)).isEqualTo(Sha256.of("one".getBytes()));
        assertThat(computed).isEqualTo(2);
    }
}
