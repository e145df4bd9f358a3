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
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
    void neverReadsTheOptimizer() throws IOException {
        byte[] content = Files.readAllBytes(REFERENCE.resolve("micro.pth"));
        // The model's storages come first; what follows are the moments. Cut members would be noticed when they are met.
        try (Weights weights = ModelSource.open(REFERENCE.resolve("micro.pth").toString())) {
            long model = TensorSpec.all(MICRO).stream().mapToLong(TensorSpec::elements).sum() * Float.BYTES;
            assertThat(content.length).isGreaterThan((int) (2.5 * model));
            CountingChannel counted = new CountingChannel(content);
            try (Weights again = PthCheckpoint.open("micro.pth", counted)) {
                TensorSpec.all(MICRO).forEach(spec -> read(again, spec));
            }
            assertThat(counted.bytesRead()).isLessThan(model + 600_000);
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
        assertThatThrownBy(() -> ModelSource.open("nowhere.pth")).isInstanceOf(Fault.class)
                .hasMessageContaining("tiny, small, medium, large");
    }

    @Test
    void refusesACutFile() throws IOException {
        byte[] whole = Files.readAllBytes(REFERENCE.resolve("micro-fp16.pth"));
        assertThat(refusal(write("half.pth", Arrays.copyOf(whole, whole.length / 2)))).contains("cut off");
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
    void survivesAnyByteBeingWrong() throws IOException {
        byte[] content = Files.readAllBytes(REFERENCE.resolve("micro-fp16.pth"));
        byte[] pickleName = "/data.pkl".getBytes(StandardCharsets.US_ASCII);
        int pickle = indexOf(content, pickleName);
        Random random = new Random(11);
        for (int i = 0; i < 600; i++) {
            byte[] broken = content.clone();
            int at = i % 3 == 0 ? content.length - 1 - random.nextInt(6000) : pickle + random.nextInt(8000);
            broken[at] = (byte) random.nextInt(256);
            try (Weights weights = PthCheckpoint.open("broken.pth", new CountingChannel(broken))) {
                read(weights, TensorSpec.all(weights.config()).get(0));
            } catch (Fault e) {
                assertThat(e).hasMessageStartingWith("broken.pth ");
            }
        }
    }

    private static int indexOf(byte[] content, byte[] part) {
        return new String(content, StandardCharsets.ISO_8859_1)
                .indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Test
    void hashesTheContent() throws Exception {
        Path file = REFERENCE.resolve("micro-fp16.pth");
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        try (Weights weights = ModelSource.open(file.toString())) {
            assertThat(weights.hash()).isEqualTo(java.util.HexFormat.of().formatHex(digest));
        }
    }
}
