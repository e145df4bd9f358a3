package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.Backend;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.Precision;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.engine.reference.ReferenceForward;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph for cards, run on the CPU: whatever runs it, it must be the model. */
class CacheFormTest {

    private static final EngineSettings SETTINGS =
            new EngineSettings(Backend.ONNX, Device.CPU, Precision.FP32, Decoding.CACHED, 1);
    private static final ModelConfig CONFIG = new ModelConfig(3, 2, 192, 20);
    private static final int PATCHES = 9;
    private static final int[] TEXT = new Random(1).ints((long) PATCHES * PATCH_SIZE, 0, VOCABULARY).toArray();
    private static final int[] CHARS = new Random(2).ints(PATCH_SIZE, 0, VOCABULARY).toArray();

    @Test
    void onlyTheCpuSharesItsCaches() {
        assertThat(CacheForm.of(Device.CPU)).isEqualTo(CacheForm.SHARED);
        assertThat(CacheForm.of(Device.of("cuda:1"))).isEqualTo(CacheForm.ROWS);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 5", "9, 16", "2, 3"})
    void rowsAreTheModelInChunksOfAnySize(int patchChunk, int charChunk) throws OrtException {
        Weights weights = new RandomWeights(CONFIG);
        ReferenceForward reference = new ReferenceForward(weights);
        double[] hidden = reference.hiddenStates(TEXT, PATCHES)[PATCHES - 1];
        double[][] logits = reference.logits(hidden, CHARS, PATCH_SIZE);
        try (NotaGenModel model = OnnxModel.load(SETTINGS, weights, CacheForm.ROWS);
                EngineSession session = model.newSession(CONFIG.rows())) {
            // what an earlier context left behind must not be seen
            session.forwardPatches(reversed(TEXT), 0, 0, PATCHES);
            session.forwardChars(reversed(CHARS), 0, PATCH_SIZE, new float[PATCH_SIZE * VOCABULARY]);
            for (int from = 0; from < PATCHES; from += patchChunk) {
                session.forwardPatches(TEXT, from * PATCH_SIZE, from, Math.min(patchChunk, PATCHES - from));
            }
            float[] state = new float[CONFIG.hidden()];
            session.hiddenState(state);
            for (int i = 0; i < state.length; i++) {
                assertThat((double) state[i]).isCloseTo(hidden[i], within(2e-5));
            }
            float[] rows = new float[PATCH_SIZE * VOCABULARY];
            for (int from = 0; from < PATCH_SIZE; from += charChunk) {
                int count = Math.min(charChunk, PATCH_SIZE - from);
                session.forwardChars(CHARS, from, count, rows);
                for (int i = 0; i < count * VOCABULARY; i++) {
                    assertThat((double) rows[i]).isCloseTo(logits[from + i / VOCABULARY][i % VOCABULARY], within(1e-4));
                }
            }
        }
    }

    private static int[] reversed(int[] ids) {
        int[] reversed = Arrays.copyOf(ids, ids.length);
        for (int i = 0; i < ids.length; i++) {
            reversed[i] = ids[ids.length - 1 - i];
        }
        return reversed;
    }
}
