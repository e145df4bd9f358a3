package io.notagenbench.engine.minimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.PassCost;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.engine.WeightFormat;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.ReferenceText;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backend needs nothing outside its package but the line that registers it, which is a file of its own here. */
class MinimalBackendTest extends EngineContract {

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 32);

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader registering;

    MinimalBackendTest() {
        super(new MinimalBackend(), Decoding.CACHED, false);
    }

    @BeforeEach
    void register(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(BackendProvider.class.getName()), MinimalBackend.class.getName());
        registering = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(registering);
    }

    @AfterEach
    void unregister() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        registering.close();
    }

    @Test
    void isFoundBesideTheOthers() {
        assertThat(BackendProvider.all()).extracting(BackendProvider::name)
                .containsExactlyInAnyOrder(MinimalBackend.NAME, "onnx", "pytorch");
        assertThat(BackendProvider.of(MinimalBackend.NAME).libraries()).isEmpty();
    }

    @Test
    void piecesTogetherAreRefusedInOneSentence() {
        String sentence = "backend=minimal decodes one piece at a time: choose another backend to decode pieces together.";
        assertThat(BatchCheck.refusal(settings(1))).contains(sentence);
        try (NotaGenModel model = provider().open(settings(1), new RandomWeights(CONFIG))) {
            assertThatThrownBy(() -> model.newBatch(2, 8)).isInstanceOf(Fault.class).hasMessage(sentence);
        }
    }

    @Test
    void itsCellsOfTheRooflineAreSkipped() {
        assertThatThrownBy(() -> RooflineProbes.of(MinimalBackend.NAME)).isInstanceOf(Fault.class)
                .hasMessage("SKIPPED: backend=minimal has no probes for RooflineBenchmark: choose another backend.");
    }

    @Test
    void itsCostAndItsMemoryFollowFromWeightsThatAreNotRounded() {
        WeightFormat int8 = WeightFormat.of(MinimalBackend.NAME, Precision.INT8, Device.Kind.CPU);
        WeightFormat fp32 = WeightFormat.of(MinimalBackend.NAME, Precision.FP32, Device.Kind.CPU);
        assertThat(int8.schemes()).isEmpty();
        assertThat(new PassCost(CONFIG, fp32).linearBytes()).isEqualTo(12L * 128 * 128 * Float.BYTES);
        MemoryFit fit = MemoryFit.of(CONFIG, MinimalBackend.NAME, Precision.FP32, 8, 1, Device.Kind.CPU);
        assertThat(fit.loading()).isZero();
        assertThat(fit.weights()).isGreaterThan(CONFIG.parameters() * Float.BYTES);
    }

    @ParameterizedTest
    @EnumSource(value = Decoding.class, mode = EnumSource.Mode.EXCLUDE, names = "FUSED")
    void beginsAPieceOfTheOriginal(Decoding decoding) {
        ReferenceText expected = ReferenceText.load("choral-28-context-full");
        GenerationSettings whole = expected.settings();
        GenerationSettings beginning = new GenerationSettings(whole.prompt(), whole.patchLength(), whole.sampling(), whole.seed(), 10,
                Optional.empty(), GenerationSettings.TIME_LIMIT);
        EngineSettings settings = new EngineSettings(MinimalBackend.NAME, Device.CPU, Precision.FP32, decoding, 1);
        try (Weights weights = ModelSource.open(ModelSource.TINY);
                NotaGenModel model = BackendProvider.of(MinimalBackend.NAME).open(settings, weights);
                PatchDecoder decoder = PatchDecoders.open(decoding, model, beginning.patchLength())) {
            Piece piece = new PieceGenerator(beginning, decoder).generate();
            assertThat(piece.work().patches()).isEqualTo(10);
            assertThat(expected.raw()).startsWith(piece.raw());
        }
    }
}
