package io.notagenbench.arms;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ChangedWeights;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeacherForcedTest {

    private static final Parameters ONE_THREAD = Parameters.defaults().with(Parameter.THREADS, "1");

    private final TeacherForced forced = TeacherForced.of(Trace.load("two-voices"), 24);

    /** What follows the EOS of a patch is no character of the piece. */
    @Test
    void theCharactersOfThePieceCount() {
        try (Weights tiny = ModelSource.open(ModelSource.TINY);
                NotaGenModel model = Arm.parse("onnx/fp32/cached").open(ONE_THREAD, tiny)) {
            double[][][] logits = forced.contextLogits(model);
            assertThat(logits.length).isEqualTo(23);
            for (int patch = 1; patch < 24; patch++) {
                int length = logits[patch - 1].length;
                int last = forced.context()[patch * PATCH_SIZE + length - 1];
                assertThat(last == EOS || length == PATCH_SIZE).isTrue();
                for (int slot = 0; slot < length - 1; slot++) {
                    assertThat(forced.context()[patch * PATCH_SIZE + slot]).isNotEqualTo(EOS);
                }
            }
            double[][][] reference = forced.reference(tiny).context();
            PrecisionLoss loss = PrecisionLoss.of(reference, logits);
            assertThat(loss.divergence()).isBetween(0.0, 1e-9);
            assertThat(loss.agreement()).isEqualTo(1);
            assertThat(largestError(reference, logits)).isLessThan(1e-4);
        }
    }

    @Test
    void everyDecodingComputesTheSameValues() {
        try (Weights tiny = ModelSource.open(ModelSource.TINY);
                NotaGenModel model = Arm.parse("onnx/fp32/cached").open(ONE_THREAD, tiny)) {
            TeacherForced.Reference reference = forced.reference(tiny);
            for (Decoding decoding : Decoding.values()) {
                TeacherForced.Values values = forced.run(model, decoding);
                assertThat(reference.hiddenError(values)).as(decoding.label()).isBetween(0.0, 1e-5);
                assertThat(reference.logitError(values)).as(decoding.label()).isBetween(0.0, 1e-4);
            }
        }
    }

    @Test
    void aValueThatIsNoNumberIsInfinitelyWrong() {
        TeacherForced.Reference reference =
                new TeacherForced.Reference(new double[] {1, -3}, new double[][] {new double[128]}, null);
        float[] logits = new float[128];
        logits[5] = 2;
        TeacherForced.Values values = new TeacherForced.Values(new float[] {1, Float.NaN}, logits);
        assertThat(reference.hiddenError(values)).isInfinite();
        assertThat(reference.logitError(values)).isEqualTo(2);
        assertThat(reference.magnitude()).isEqualTo(3);
    }

    /** On music by which the weights were not rounded: a real score, and a piece of the model. */
    @ParameterizedTest
    @CsvSource({"int4, chopin, 0.6", "int4, two-voices, 0.7", "mixed, chopin, 0.6", "mixed, two-voices, 0.8"})
    void fourBitsOfATrainedModelLoseLessThanTheNearestNumbers(String precision, String work, double share) {
        TeacherForced music = TeacherForced.of(Trace.load(work), 94);
        try (Weights tiny = ModelSource.open(ModelSource.TINY)) {
            double[][][] exact = logits("fp32", music, tiny);
            double compensated = PrecisionLoss.of(exact, logits(precision, music, tiny)).divergence();
            assertThat(compensated).isPositive()
                    .isLessThan(share * PrecisionLoss.of(exact, logits(precision, music, new Untrained(tiny))).divergence());
        }
    }

    private static double[][][] logits(String precision, TeacherForced music, Weights weights) {
        try (NotaGenModel model = Arm.parse("onnx/" + precision + "/cached").open(ONE_THREAD, weights)) {
            return music.contextLogits(model);
        }
    }

    /** The same weights, rounded to the nearest numbers. */
    private record Untrained(Weights weights) implements ChangedWeights {

        @Override
        public boolean isSynthetic() {
            return true;
        }

        @Override
        public void read(TensorSpec tensor, FloatBuffer into) {
            weights.read(tensor, into);
        }
    }

    private static double largestError(double[][][] right, double[][][] given) {
        double largest = 0;
        for (int patch = 0; patch < right.length; patch++) {
            for (int slot = 0; slot < right[patch].length; slot++) {
                for (int id = 0; id < right[patch][slot].length; id++) {
                    largest = Math.max(largest, Math.abs(right[patch][slot][id] - given[patch][slot][id]));
                }
            }
        }
        return largest;
    }
}
