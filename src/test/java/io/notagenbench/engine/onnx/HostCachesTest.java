package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The graphs for cards whose keys and values are sent with every call. */
class HostCachesTest extends EngineContract {

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 12);

    HostCachesTest() {
        super(new CardGraphs(ExecutionProvider.CUDA), Decoding.CACHED, false);
    }

    @Override
    protected EngineSettings settings(int threads) {
        return settings(Precision.FP32, Decoding.CACHED, ExecutionProvider.CUDA, CachePlacement.HOST);
    }

    private static EngineSettings settings(Precision precision, Decoding decoding, ExecutionProvider provider, CachePlacement caches) {
        return new EngineSettings("onnx", Device.CPU, precision, decoding, 1, provider, caches);
    }

    static Stream<Arguments> arms() {
        return Stream.of(ExecutionProvider.values()).flatMap(provider -> Stream.of(Precision.FP32, Precision.FP16)
                .flatMap(precision -> Stream.of(Decoding.CACHED, Decoding.FUSED)
                        .filter(decoding -> provider == ExecutionProvider.CUDA || decoding == Decoding.CACHED)
                        .map(decoding -> Arguments.of(provider, precision, decoding))));
    }

    @ParameterizedTest
    @MethodSource("arms")
    void givesTheSameBitsAsCachesOnTheDevice(ExecutionProvider provider, Precision precision, Decoding decoding) {
        assertThat(values(settings(precision, decoding, ExecutionProvider.CUDA, CachePlacement.HOST), provider))
                .isEqualTo(values(settings(precision, decoding, ExecutionProvider.CUDA, CachePlacement.DEVICE), provider));
    }

    /** Chunks, a prefix that is kept, a cut, and characters with every number of cached ones. */
    private static float[] values(EngineSettings settings, ExecutionProvider provider) {
        int[] text = new Random(3).ints(CONFIG.rows() * PATCH_SIZE, 0, VOCABULARY).toArray();
        float[] values = new float[4 * (CONFIG.hidden() + PATCH_SIZE * VOCABULARY)];
        int at = 0;
        try (NotaGenModel model = new CardGraphs(provider).open(settings, new RandomWeights(CONFIG));
                EngineSession session = model.newSession(CONFIG.rows())) {
            for (int[] call : new int[][] {{0, 5}, {5, 1}, {3, 4}, {0, 12}}) {
                session.forwardPatches(text, call[0] * PATCH_SIZE, call[0], call[1]);
                float[] hidden = new float[CONFIG.hidden()];
                session.hiddenState(hidden);
                System.arraycopy(hidden, 0, values, at, hidden.length);
                at += hidden.length;
                for (int from = 0; from < PATCH_SIZE; from++) {
                    float[] logits = new float[VOCABULARY];
                    session.forwardChars(text, from, 1, logits);
                    System.arraycopy(logits, 0, values, at, VOCABULARY);
                    at += VOCABULARY;
                }
            }
        }
        return Arrays.copyOf(values, at);
    }

    @ParameterizedTest
    @CsvSource({"onnx, cpu, on device=cpu keys and values are in main memory", "pytorch, cuda, backend=pytorch keeps keys and values",
        "pytorch, cpu, backend=pytorch keeps keys and values"})
    void isForOnnxRuntimeOnCards(String backend, String device, String reason) {
        EngineSettings host = new EngineSettings(backend, Device.of(device), Precision.FP32, Decoding.CACHED, 1, ExecutionProvider.CUDA, CachePlacement.HOST);
        assertThat(BackendProvider.of(backend).refusal(host).orElseThrow()).startsWith("caches=host is for ").contains(reason)
                .contains("choose caches=device").endsWith(".");
    }
}
