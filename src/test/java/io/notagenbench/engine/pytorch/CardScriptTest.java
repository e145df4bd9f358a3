package io.notagenbench.engine.pytorch;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.pytorch.jni.JniUtils;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.ModelPart;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.engine.reference.ReferenceForward;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts for cards, run on the CPU: whatever runs them, they must be the model. */
class CardScriptTest {

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 16);
    private static final int PATCHES = 7;
    private static final int[] TEXT = new Random(1).ints((long) PATCHES * PATCH_SIZE, 0, VOCABULARY).toArray();
    private static final int[] CHARS = new Random(2).ints(PATCH_SIZE, 0, VOCABULARY).toArray();

    @TempDir
    Path folder;

    private static EngineSettings settings(Device device, Precision precision, Decoding decoding) {
        return new EngineSettings("pytorch", device, precision, decoding, 1);
    }

    @ParameterizedTest
    @CsvSource({"CACHED, FP32, 2e-5, 0", "RECOMPUTE, FP32, 2e-5, 0", "RECOMPUTE, FP16, 0.02, 1e-5", "CACHED, BF16, 0.05, 1e-4", "CACHED, FP16, 0.02, 1e-5",
        "CACHED, INT8, 0.2, 1e-3", "CACHED, INT4, 0.4, 1e-2"})
    void theyAreTheModel(Decoding decoding, Precision precision, double tolerance, double leastError) {
        BackendProvider cards = new CardScripts();
        assumeTrue(cards.refusal(settings(Device.CPU, precision, decoding)).isEmpty(), "this PyTorch has the kernel on cards only");
        Weights weights = new RandomWeights(CONFIG);
        ReferenceForward reference = new ReferenceForward(weights);
        double[] hidden = reference.hiddenStates(TEXT, PATCHES)[PATCHES - 1];
        double[][] logits = reference.logits(hidden, CHARS, PATCH_SIZE);
        assertThat(ModelScript.source(decoding, precision, Device.Kind.CUDA)).as("what only processors have")
                .doesNotContain("mkldnn", "quantized.linear", "for_cpu");
        try (NotaGenModel model = cards.open(settings(Device.CPU, precision, decoding), weights);
                EngineSession session = model.newSession(PATCHES)) {
            session.forwardPatches(TEXT, 0, 0, 3);
            session.forwardPatches(TEXT, 3 * PATCH_SIZE, 3, PATCHES - 3);
            float[] state = new float[CONFIG.hidden()];
            session.hiddenState(state);
            double error = 0;
            for (int i = 0; i < state.length; i++) {
                error = Math.max(error, Math.abs(state[i] - hidden[i]));
            }
            assertThat(error).as("in its precision, and in no other").isBetween(leastError, tolerance);
            float[] rows = new float[PATCH_SIZE * VOCABULARY];
            session.forwardChars(CHARS, 0, PATCH_SIZE, rows);
            for (int i = 0; i < rows.length; i++) {
                assertThat((double) rows[i]).isCloseTo(logits[i / VOCABULARY][i % VOCABULARY], within(10 * tolerance));
            }
        }
    }

    /** PyTorch compiles a script when it loads it: operators and types are right, whatever has kernels for them. */
    @ParameterizedTest
    @EnumSource(value = Precision.class, mode = EnumSource.Mode.EXCLUDE, names = "MIXED")
    void pyTorchTakesThemAll(Precision precision) {
        PyTorchEngine.start("PyTorch", Device.CPU);
        for (Decoding decoding : List.of(Decoding.RECOMPUTE, Decoding.CACHED, Decoding.FUSED)) {
            EngineSettings settings = settings(Device.CPU, precision, decoding);
            PartScript.load(ModelPart.whole(CONFIG), Device.CPU, ModelScript.source(decoding, precision, Device.Kind.CUDA),
                    settings).close();
        }
    }

    /**
     * Kernels of a block, counted by PyTorch's profiler: transformers 4.40 launches two norms, four addmm, seven in its attention (two
     * of them fill numbers), a copy behind it, eight in its gelu and two residual sums.
     */
    @Test
    void theOriginalsScriptLaunchesNoMoreThanTheOriginal() throws IOException {
        int block = kernels(2) - kernels(1);
        assertThat(block).isEqualTo(22).isLessThan(2 + 4 + 7 + 1 + 8 + 2);
    }

    /** What a pass over several patches launches; views launch nothing. */
    private int kernels(int layers) throws IOException {
        Path file = folder.resolve(layers + ".json");
        ModelConfig config = new ModelConfig(layers, 1, 128, 16);
        try (NotaGenModel model = new CardScripts().open(settings(Device.CPU, Precision.FP32, Decoding.RECOMPUTE), new RandomWeights(config));
                EngineSession session = model.newSession(PATCHES)) {
            session.forwardPatches(TEXT, 0, 0, PATCHES);
            JniUtils.startProfile(false, false, false);
            session.forwardPatches(TEXT, 0, 0, PATCHES);
            JniUtils.stopProfile(file.toString());
        }
        String trace = Files.readString(file);
        int operators = count(trace, "native_layer_norm|addmm|bmm|_softmax|masked_fill_?|where|clone|tanh|pow|add|mul|div|cat|tril|logical_not|fill_");
        // An operator with a number converts it on the CPU and calls itself once more; addmm copies its bias there.
        int numbers = count(trace, "_to_copy");
        int copies = count(trace, "copy_") - count(trace, "addmm|clone") - numbers;
        return operators - numbers + copies;
    }

    private static int count(String trace, String names) {
        return (int) Pattern.compile("\"aten::(" + names + ")\"").matcher(trace).results().count();
    }

    @Test
    void tf32IsTheScriptOfFp32() {
        assertThat(ModelScript.source(Decoding.CACHED, Precision.TF32, Device.Kind.CUDA))
                .isEqualTo(ModelScript.source(Decoding.CACHED, Precision.FP32, Device.Kind.CUDA));
    }

    @Test
    void cardsHaveEveryPrecisionAndProcessorsThoseTheyHaveKernelsFor() {
        BackendProvider provider = BackendProvider.of("pytorch");
        assertThat(provider.refusal(settings(Device.of("cuda"), Precision.FP16, Decoding.CACHED))).isEmpty();
        for (Precision precision : EnumSet.complementOf(EnumSet.of(Precision.MIXED))) {
            assertThat(provider.refusal(settings(Device.of("cuda"), precision, Decoding.CACHED))).isEmpty();
        }
        for (Device device : List.of(Device.CPU, Device.of("cuda"))) {
            assertThat(provider.refusal(settings(device, Precision.MIXED, Decoding.CACHED)).orElseThrow())
                    .contains("precision=mixed on device=" + device.label());
        }
        assertThat(provider.refusal(settings(Device.CPU, Precision.TF32, Decoding.CACHED)).orElseThrow())
                .contains("precision=tf32 on device=cpu", "choose precision=fp32, bf16, int8, int4.");
        assertThat(provider.refusal(settings(Device.of("cuda"), Precision.TF32, Decoding.RECOMPUTE)).orElseThrow())
                .contains("precision=tf32 and decoding=recompute");
        assertThat(provider.refusal(settings(Device.CPU, Precision.FP16, Decoding.CACHED)).orElseThrow())
                .contains("precision=fp16 on device=cpu", "choose precision=fp32, bf16, int8, int4.");
    }
}
