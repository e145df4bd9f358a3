package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFileTest {

    private static final int FIRST = 5000;
    private static final int SECOND = 70;

    @TempDir
    private Path folder;
    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("weights").resolve("model.weights");
    }

    private WeightFile file(String key) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put("first", (long) FIRST);
        sizes.put("second", (long) SECOND);
        return new WeightFile(path, key, sizes);
    }

    private static void fill(String part, ByteBuffer memory) {
        assertThat(memory.capacity()).isEqualTo(part.equals("first") ? FIRST : SECOND);
        for (int i = 0; i < memory.capacity(); i++) {
            memory.put(i, (byte) (part.length() * i));
        }
    }

    private WeightFile written() throws IOException {
        WeightFile file = file("made of this");
        file.write(ByteBuffer.allocateDirect(FIRST), WeightFileTest::fill);
        return file;
    }

    @Test
    void partsStandOnPagesAsTheyWereMade() throws IOException {
        WeightFile file = written();
        assertThat(file.fault()).isEmpty();
        assertThat(file.offset("first")).isZero();
        assertThat(file.offset("second")).isEqualTo(8192);
        byte[] bytes = Files.readAllBytes(path);
        assertThat(bytes[4999]).isEqualTo((byte) (5 * 4999));
        assertThat(bytes[8192 + 69]).isEqualTo((byte) (6 * 69));
    }

    @Test
    void whatIsNotThereIsAFault() {
        assertThat(file("made of this").fault()).contains("it is not there");
    }

    @Test
    void anotherKeyIsAFault() throws IOException {
        written();
        assertThat(file("made of that").fault()).contains("it was made from something else");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4999, 8192, 8192 + 69})
    void oneWrongByteIsAFault(int at) throws IOException {
        WeightFile file = written();
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 1;
        Files.write(path, bytes);
        assertThat(file.fault()).hasValueSatisfying(fault -> assertThat(fault).contains(at < 8192 ? "first" : "second"));
        file.write(ByteBuffer.allocateDirect(FIRST), WeightFileTest::fill);
        assertThat(file.fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8192, 8270})
    void aFileThatEndsEarlyIsAFault(int length) throws IOException {
        WeightFile file = written();
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, length));
        assertThat(file.fault()).contains("its length is wrong");
    }

    @Test
    void nothingIsLeftOfAFileThatCannotBeMade() throws IOException {
        WeightFile file = file("made of this");
        assertThatThrownBy(() -> file.write(ByteBuffer.allocateDirect(FIRST), (part, memory) -> {
            throw new IllegalStateException("half-way");
        })).hasMessage("half-way");
        try (Stream<Path> left = Files.list(path.getParent())) {
            assertThat(left).isEmpty();
        }
    }

    /** Whoever looks while others write sees no file or a whole one. */
    @Test
    void severalWritersDoNoHarm() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = Stream.<Future<?>>generate(() -> writers.submit(() -> {
                try {
                    for (int i = 0; i < 20; i++) {
                        assertThat(written().fault()).isEmpty();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            })).limit(4).toList();
            for (Future<?> writer : all) {
                writer.get();
            }
        } finally {
            writers.shutdown();
        }
        try (Stream<Path> left = Files.list(path.getParent())) {
            assertThat(left).containsExactly(path);
        }
    }
}
