package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PthCheckpointTest {

    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final ModelConfig MICRO = new ModelConfig(2, 1, 128, 32);

    @TempDir
    private Path folder;

    private static float[] read(Weights weights, TensorSpec spec) {
        FloatBuffer values = FloatBuffer.allocate((int) spec.elements());
        weights.read(spec, values);
        return values.array();
    }

    @Test
    void readsTheSizesFromTheShapes() {
        assertThat(ModelSource.config("tiny")).isEqualTo(new ModelConfig(4, 2, 192, 256));
        assertThat(ModelSource.config(REFERENCE.resolve("micro.pth").toString())).isEqualTo(MICRO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"micro-fp16.pth", "micro-bf16.pth"})
    void widensNarrowStorages(String file) {
        int mantissaBits = file.contains("bf16") ? 8 : 11;
        try (Weights full = ModelSource.open(REFERENCE.resolve("micro.pth").toString());
                Weights narrow = ModelSource.open(REFERENCE.resolve(file).toString())) {
            for (TensorSpec spec : TensorSpec.all(MICRO)) {
                float[] expected = read(full, spec);
                float[] actual = read(narrow, spec);
                for (int i = 0; i < expected.length; i++) {
                    float tolerance = Math.max(Math.abs(expected[i]) * (float) Math.pow(2, -mantissaBits), 6e-8f);
                    assertThat(Math.abs(actual[i] - expected[i])).isLessThanOrEqualTo(tolerance);
                }
            }
        }
    }

    @Test
    void neverReadsTheOptimizer() throws Exception {
        byte[] content = Files.readAllBytes(REFERENCE.resolve("micro.pth"));
        ReadRecord file = new ReadRecord(content);
        try (Weights weights = PthCheckpoint.open("micro.pth", file)) {
            TensorSpec.all(weights.config()).forEach(spec -> read(weights, spec));
        }
        Set<String> model = new HashSet<>();
        Set<String> optimizer = new HashSet<>();
        try (CheckpointArchive archive =
                CheckpointArchive.open("micro.pth", new SeekableInMemoryByteChannel(content))) {
            Map<?, ?> top = (Map<?, ?>) CheckpointPickle.read(archive.pickle());
            storages(top.get("model"), model);
            storages(top.get("optimizer"), optimizer);
        }
        assertThat(model).hasSize(46);
        assertThat(optimizer).hasSizeGreaterThan(90).doesNotContainAnyElementsOf(model);
        try (ZipFile zip = ZipFile.builder().setByteArray(content).get()) {
            // The dead patch-level token embedding is one of the 46.
            assertThat(model.stream().filter(key -> file.wasRead(data(zip, key)))).hasSize(45);
            assertThat(optimizer.stream().filter(key -> file.wasRead(data(zip, key)))).isEmpty();
        }
    }

    private static ZipArchiveEntry data(ZipFile zip, String key) {
        return zip.getEntry("micro/data/" + key);
    }

    private static void storages(Object pickled, Set<String> keys) {
        if (pickled instanceof StoredTensor tensor) {
            keys.add(tensor.storage().key());
        } else if (pickled instanceof Map<?, ?> map) {
            map.values().forEach(value -> storages(value, keys));
        }
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private String refusal(Path file) {
        Fault fault = catchThrowableOfType(Fault.class, () -> {
            try (Weights weights = ModelSource.open(file.toString())) {
                TensorSpec.all(weights.config()).forEach(spec -> read(weights, spec));
            }
        });
        assertThat(fault).as("%s is refused", file).isNotNull();
        assertThat(fault.exitCode()).isEqualTo(Fault.USAGE);
        assertThat(fault.getMessage()).contains(file.getFileName().toString()).doesNotContain("\n");
        return fault.getMessage();
    }

    @Test
    void runsNothing() {
        Path trap = Path.of("/tmp/notagen-pwned");
        assertThat(refusal(REFERENCE.resolve("hostile/runs-a-command.pth"))).contains("posix.system");
        assertThat(trap).doesNotExist();
    }

    @Test
    void refusesFilesThatAreNoCheckpoint() throws IOException {
        assertThat(refusal(REFERENCE.resolve("hostile/empty.pth"))).contains("is empty");
        assertThat(refusal(REFERENCE.resolve("hostile/no-model-key.pth"))).contains("'model'");
        assertThat(refusal(write("text.pth", "hello".getBytes(StandardCharsets.UTF_8)))).contains("not a zip");
        assertThat(refusal(write("lfs.pth", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
                .getBytes(StandardCharsets.UTF_8)))).contains("git lfs pull");
        assertThat(refusal(write("legacy.pth", new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc,
            (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19, 0x2e}))).contains("before 1.6");
        assertThat(refusal(folder)).contains("is a folder");
        assertThat(refusal(write("page.pth", "<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8))))
                .contains("not a zip");
    }

    /** A pipe would let the reader wait for ever, a device has no end. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesWhatIsNoFile() {
        assertThat(refusal(Path.of("/dev/zero"))).contains("a pipe or a device");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.01, 0.5, 0.99, 0.9999})
    void refusesACutFile(double part) throws IOException {
        byte[] whole = Files.readAllBytes(REFERENCE.resolve("micro-fp16.pth"));
        assertThat(refusal(write("part.pth", Arrays.copyOf(whole, (int) (part * whole.length))))).contains("cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Large", "huge", "nowhere/at/all.pth", "nul\0.pth"})
    void namesTheModelsThatThereAre(String model) {
        assertThatThrownBy(() -> ModelSource.config(model)).isInstanceOf(Fault.class)
                .hasMessageContaining("'" + model + "'").hasMessageContaining("tiny, small, medium, large");
    }

    @Test
    void refusesNumbersThatAreNone() throws IOException {
        byte[] content = Files.readAllBytes(REFERENCE.resolve("micro-fp16.pth"));
        int inside = content.length / 2;
        for (int i = inside; i < inside + 4; i++) {
            content[i] = (byte) 0xff;
        }
        assertThat(refusal(write("nan.pth", content))).contains("holds NaN at element");
    }

    @Test
    void refusesAnotherShape() throws IOException {
        byte[] content = replaced("patch_level_decoder.base.ln_f.bias", "patch_level_decoder.base.ln_f.biaz");
        assertThat(refusal(write("renamed.pth", content))).contains("ln_f.bias is missing");
    }

    private static byte[] replaced(String text, String by) throws IOException {
        String content = Files.readString(REFERENCE.resolve("micro-fp16.pth"), StandardCharsets.ISO_8859_1);
        return content.replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void hashesTheContent() throws Exception {
        Path file = REFERENCE.resolve("micro-fp16.pth");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        try (Weights weights = ModelSource.open(file.toString())) {
            assertThat(weights.hash()).isEqualTo(HexFormat.of().formatHex(digest));
        }
    }
}
