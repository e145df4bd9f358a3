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
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final String DATA = "micro/data/";
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
        try (Weights weights = Checkpoint.open("micro.pth", file)) {
            TensorSpec.all(weights.config()).forEach(spec -> read(weights, spec));
        }
        Set<String> model = new HashSet<>();
        try (CheckpointArchive archive =
                CheckpointArchive.open(new FileBytes("micro.pth", new SeekableInMemoryByteChannel(content)))) {
            ModelSearch.in("micro.pth", archive.content()).tensors().values()
                    .forEach(tensor -> model.add(tensor.storage().key()));
        }
        try (ZipFile zip = ZipFile.builder().setByteArray(content).get()) {
            Set<String> optimizer = new HashSet<>();
            zip.getEntries().asIterator().forEachRemaining(entry -> {
                if (entry.getName().startsWith(DATA)) {
                    optimizer.add(entry.getName().substring(DATA.length()));
                }
            });
            optimizer.removeAll(model);
            assertThat(model).hasSize(46);
            assertThat(optimizer).hasSizeGreaterThan(90);
            // The dead patch-level token embedding is one of the 46.
            assertThat(model.stream().filter(key -> file.wasRead(zip.getEntry(DATA + key)))).hasSize(45);
            assertThat(optimizer.stream().filter(key -> file.wasRead(zip.getEntry(DATA + key)))).isEmpty();
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
        assertThat(refusal(folder)).contains("is a folder");
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
