package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFolderTest {

    /** A library that is on every class path of the suite. */
    private static final String RESOURCE = "/com/sun/jna/linux-x86-64/libjnidispatch.so";

    @TempDir
    private Path cache;
    private BundledLibrary library;
    private byte[] whole;

    @BeforeEach
    void find() throws IOException {
        library = BundledLibrary.find(RESOURCE).orElseThrow();
        try (var in = LibraryFolderTest.class.getResourceAsStream(RESOURCE)) {
            whole = in.readAllBytes();
        }
    }

    private Path unpack() {
        return LibraryFolder.named(cache, "SOME_VARIABLE").holding("something", "here-" + library.version(), List.of(library));
    }

    @Test
    void aLibraryIsUnpackedOnceAndWhole() throws IOException {
        Path folder = unpack();
        Path file = folder.resolve("libjnidispatch.so");
        assertThat(file).isAbsolute().hasBinaryContent(whole);
        Instant then = Instant.now().minus(Duration.ofDays(3));
        Files.setLastModifiedTime(file, FileTime.from(then));
        assertThat(unpack()).isEqualTo(folder);
        assertThat(Files.getLastModifiedTime(file).toInstant()).as("written again").isBefore(then.plusSeconds(1));
    }

    @Test
    void aDamagedLibraryIsWrittenAgain() throws IOException {
        Path file = unpack().resolve("libjnidispatch.so");
        byte[] damaged = whole.clone();
        damaged[whole.length / 2]++;
        Files.write(file, damaged);
        unpack();
        assertThat(file).hasBinaryContent(whole);
        Files.write(file, new byte[100]);
        Path left = Files.createFile(file.resolveSibling("unpacking1.part"));
        Path old = Files.createFile(file.resolveSibling("unpacking2.part"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        unpack();
        assertThat(file).hasBinaryContent(whole);
        assertThat(left).as("of a process that may still be writing").exists();
        assertThat(old).as("of one that was killed").doesNotExist();
    }

    @RepeatedTest(100)
    void manyMayUnpackAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Path>> folders = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                folders.add(threads.submit(this::unpack));
            }
            for (Future<Path> folder : folders) {
                assertThat(folder.get().resolve("libjnidispatch.so")).hasBinaryContent(whole);
            }
        } finally {
            threads.shutdown();
        }
        try (var files = Files.list(unpack())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aPlaceThatThePersonNamedIsTheOnlyOne() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        assertThatThrownBy(() -> LibraryFolder.named(file, "SOME_VARIABLE").holding("something", "x", List.of(library)))
                .isInstanceOf(Fault.class).hasMessageContaining("The libraries of something cannot be unpacked")
                .hasMessageContaining(file + ": it is not a folder").hasMessageContaining("set SOME_VARIABLE to a folder");
    }

    @Test
    void whereTheBestPlaceHasNoRoomTheNextIsTakenAndFoundAgain() throws IOException {
        Path best = Files.createDirectory(cache.resolve("best"));
        Path next = cache.resolve("next");
        Files.createFile(best.resolve("here"));
        LibraryFolder folder = LibraryFolder.inAny(List.of(best, next), "SOME_VARIABLE");
        assertThat(folder.holding("something", "here", List.of(library))).isEqualTo(next.resolve("here"));
        Files.delete(best.resolve("here"));
        assertThat(folder.holding("something", "here", List.of(library))).as("it is there already").isEqualTo(next.resolve("here"));
        assertThat(folder.holding("something", "there", List.of(library))).isEqualTo(best.resolve("there"));
    }

    @Test
    void aPlaceThatIsNotNeededIsNotMade() {
        Path other = cache.resolve("other");
        for (int call = 0; call < 2; call++) {
            LibraryFolder.inAny(List.of(cache, other), "SOME_VARIABLE").holding("something", "here", List.of(library));
            assertThat(other).doesNotExist();
        }
    }

    @Test
    void whatIsNotOnTheClassPathIsNotThere() {
        assertThat(BundledLibrary.find("/nowhere/libx.so")).isEmpty();
    }
}
