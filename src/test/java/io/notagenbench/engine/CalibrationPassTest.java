package io.notagenbench.engine;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.reference.ReferenceForward;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationPassTest {

    private static final Weights WEIGHTS = new RandomWeights(new ModelConfig(2, 2, 128, 24));

    private static float[] read(TensorSpec tensor) {
        float[] values = new float[Math.toIntExact(tensor.elements())];
        WEIGHTS.read(tensor, FloatBuffer.wrap(values));
        return values;
    }

    private static float[] read(String name) {
        return read(TensorSpec.all(WEIGHTS.config()).stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow());
    }

    /** What the first layer of the char level gets in front of a patch is the hidden state of the patch before. */
    @Test
    void hiddenStatesAreThoseOfTheReference() {
        CalibrationPass pass = new CalibrationPass(WEIGHTS);
        List<TensorSpec> block = TensorSpec.charBlock(WEIGHTS.config(), 0);
        float[][] inputs = pass.inputs(block.get(2));
        float[] positions = read(TensorSpec.CHAR_POSITIONS);
        int row = 0;
        for (CalibrationMusic piece : CalibrationMusic.all()) {
            int[][] ids = piece.ids(24);
            double[][] hidden = new ReferenceForward(WEIGHTS)
                    .hiddenStates(Arrays.stream(ids).flatMapToInt(Arrays::stream).toArray(), ids.length);
            for (int next = 1; next < ids.length; next += 4) {
                double[] x = hidden[next - 1].clone();
                for (int h = 0; h < x.length; h++) {
                    x[h] += positions[h];
                }
                double[] normed = norm(x, read(block.get(0)), read(block.get(1)));
                for (int h = 0; h < x.length; h++) {
                    assertThat((double) inputs[row][h]).isCloseTo(normed[h], within(1e-4));
                }
                row += piece.characters(next);
            }
        }
        assertThat(row).as("rows of characters, without padding").isEqualTo(inputs.length);
    }

    private static double[] norm(double[] x, float[] weight, float[] bias) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> (x[i] - mean) / Math.sqrt(variance + 1e-5) * weight[i] + bias[i]);
        return y;
    }

    @Test
    void layersThatAreSkippedAreStillRun() {
        List<TensorSpec> block = TensorSpec.charBlock(WEIGHTS.config(), 1);
        float[][] skipped = new CalibrationPass(WEIGHTS).inputs(block.get(10));
        CalibrationPass pass = new CalibrationPass(WEIGHTS);
        TensorSpec.all(WEIGHTS.config()).stream().filter(TensorSpec::isLinear).limit(15).forEach(pass::inputs);
        assertThat(pass.inputs(block.get(10))).isDeepEqualTo(skipped);
        assertThatThrownBy(() -> pass.inputs(block.get(8))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void eachPieceIsWholeAndLongEnough() {
        assertThat(CalibrationMusic.all()).hasSize(3).allSatisfy(piece -> {
            assertThat(piece.source()).isNotBlank();
            assertThat(piece.patches()).hasSize(256).allMatch(patch -> patch.length() == PATCH_SIZE || patch.endsWith("\u0002"));
        });
    }
}
