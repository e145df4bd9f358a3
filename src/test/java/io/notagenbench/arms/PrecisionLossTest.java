package io.notagenbench.arms;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrecisionLossTest {

    /** Two characters are possible, the others as good as not. */
    private static double[] logits(double first, double second) {
        double[] logits = new double[VOCABULARY];
        Arrays.fill(logits, -1000);
        logits[0] = first;
        logits[1] = second;
        return logits;
    }

    @Test
    void theDivergenceIsThatOfTheDistributions() {
        // 0.8 and 0.2 against 0.5 and 0.5, and one character that is right
        double[][][] right = {{logits(Math.log(0.8), Math.log(0.2))}, {logits(1, 0)}};
        double[][][] given = {{logits(7, 7.000001)}, {logits(1, 0)}};
        PrecisionLoss loss = PrecisionLoss.of(right, given);
        double divergence = 0.8 * Math.log(0.8 / 0.5) + 0.2 * Math.log(0.2 / 0.5);
        assertThat(loss.divergence()).isCloseTo(divergence / 2, within(1e-5));
        assertThat(loss.agreement()).isEqualTo(0.5);
        double largest = 7 - Math.log(0.2);
        assertThat(loss.largestError()).isCloseTo(largest, within(1e-5));
        assertThat(loss.meanError()).isCloseTo((largest + 7 - Math.log(0.8)) / 2 / VOCABULARY, within(1e-5));
    }

    /** What stands behind the EOS of a patch is no character of the piece. */
    @Test
    void theCharactersOfThePieceCount() {
        int[] context = TeacherForced.of(Trace.load("two-voices"), 24).context();
        try (Weights tiny = ModelSource.open(ModelSource.TINY);
                NotaGenModel model = BackendProvider.of(Backend.ONNX).open(new EngineSettings(Backend.ONNX, Device.CPU,
                        Precision.FP32, Decoding.CACHED, 1), tiny)) {
            double[][][] logits = PrecisionLoss.logits(model, context);
            assertThat(logits.length).isEqualTo(23);
            for (int patch = 1; patch < 24; patch++) {
                int length = logits[patch - 1].length;
                int last = context[patch * PATCH_SIZE + length - 1];
                assertThat(last == EOS || length == PATCH_SIZE).isTrue();
                for (int slot = 0; slot < length - 1; slot++) {
                    assertThat(context[patch * PATCH_SIZE + slot]).isNotEqualTo(EOS);
                }
            }
            double[][][] reference = PrecisionLoss.reference(tiny, context);
            PrecisionLoss loss = PrecisionLoss.of(reference, logits);
            assertThat(loss.divergence()).isBetween(0.0, 1e-9);
            assertThat(loss.agreement()).isEqualTo(1);
            assertThat(loss.largestError()).isLessThan(1e-4);
        }
    }
}
