package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.engine.onnx.graph.GraphTarget;
import io.notagenbench.engine.onnx.graph.OneProduct;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of int8 by int8 with a scale for each row and each column. */
class ColumnProductTest {

    private static final int ROWS = 16;
    private static final RandomWeights WEIGHTS = new RandomWeights(new ModelConfig(1, 1, 128, 8));
    private static final TensorSpec MATRIX = TensorSpec.charBlock(WEIGHTS.config(), 0).get(10);
    private static final int IN = MATRIX.shape().get(0);
    private static final int OUT = MATRIX.shape().get(1);

    private static float[] product(OrtSession session, float[] x) throws OrtException {
        int rows = x.length / IN;
        float[] y = new float[rows * OUT];
        try (OnnxTensor input = OnnxTensor.createTensor(OnnxEnvironment.get(Device.CPU), FloatBuffer.wrap(x), new long[] {rows, IN});
                OrtSession.Result result = session.run(Map.of(OneProduct.X, input))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(y);
        }
        return y;
    }

    /** Rows of very different sizes, among them one of zeros. */
    private static float[] rows(boolean gelu) {
        Random random = new Random(1);
        float[] x = new float[ROWS * IN];
        for (int i = 0; i < x.length; i++) {
            double size = i / IN == 3 ? 0 : Math.pow(2, i / IN - 8);
            double value = random.nextGaussian() * size;
            x[i] = (float) (gelu ? value / (1 + Math.exp(-1.702 * value)) : value);
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRowIsNearDoublePrecisionAndDoesNotDependOnTheOthersOfItsCall(boolean gelu) throws OrtException {
        EngineSettings settings = new EngineSettings("onnx", Device.CPU, Precision.MIXED, Decoding.CACHED, 2);
        GraphForm form = GraphForm.of(GraphTarget.CPU, Precision.MIXED, CachePlacement.DEVICE);
        float[] matrix = new float[IN * OUT];
        WEIGHTS.read(MATRIX, FloatBuffer.wrap(matrix));
        try (OrtSession session = OnnxModel.session(OnnxEnvironment.get(Device.CPU), settings, OneProduct.of(MATRIX, form, gelu), WEIGHTS,
                Optional.empty(), ROWS)) {
            float[] x = rows(gelu);
            float[] together = product(session, x);
            for (int row = 0; row < ROWS; row++) {
                float[] own = Arrays.copyOfRange(x, row * IN, (row + 1) * IN);
                float[] y = Arrays.copyOfRange(together, row * OUT, (row + 1) * OUT);
                assertThat(product(session, own)).as("row %d alone", row).isEqualTo(y);
                assertNear(own, matrix, y, gelu);
            }
        }
    }

    /** In the norm of the row. Below one step of a gelu, the values of a row are lost: nothing needs them. */
    private static void assertNear(float[] x, float[] matrix, float[] y, boolean gelu) {
        double difference = 0;
        double norm = 0;
        double largest = 0;
        for (float value : x) {
            largest = Math.max(largest, value);
        }
        for (int out = 0; out < OUT; out++) {
            double sum = 0;
            for (int in = 0; in < IN; in++) {
                sum += (double) x[in] * matrix[in * OUT + out];
            }
            difference += Math.pow(y[out] - sum, 2);
            norm += sum * sum;
        }
        if (!gelu || largest > 0.5) {
            assertThat(Math.sqrt(difference)).isLessThanOrEqualTo(0.02 * Math.sqrt(norm));
        } else {
            assertThat(Math.sqrt(difference / OUT)).isLessThan(0.01);
        }
    }
}
