package io.notagenbench.quantisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounding by the inputs of a layer. There are more inputs than a tile has columns, and a last group that is not full. */
class InputFactorTest {

    private static final int IN = 330;
    private static final int OUT = 40;
    private static final int GROUP = 32;
    private static final GroupScheme SCHEME = new GroupScheme(4, GROUP, true, 8);

    private final Random random = new Random(5);
    private final float[] matrix = new float[IN * OUT];

    InputFactorTest() {
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) random.nextGaussian();
        }
    }

    private record Rounded(byte[] numbers, float[] scales, byte[] zeroPoints) {

        float weight(int in, int out) {
            int groups = SCHEME.groups(IN);
            int group = in / GROUP;
            int at = (out * groups + group) * GROUP + in % GROUP;
            return (half(numbers, at) - half(zeroPoints, out * (groups + 1) / 2 * 2 + group)) * scales[out * groups + group];
        }

        private static int half(byte[] bytes, int index) {
            return bytes[index / 2] >> index % 2 * 4 & 15;
        }
    }

    private Rounded rounded(Optional<InputFactor> factor) {
        Rounded rounded = new Rounded(new byte[(int) SCHEME.weightBytes(IN, OUT)], new float[(int) SCHEME.scales(IN, OUT)],
                new byte[(int) SCHEME.zeroPointBytes(IN, OUT)]);
        new GroupQuantiser(SCHEME, IN, OUT).quantise(FloatBuffer.wrap(matrix), factor, ByteBuffer.wrap(rounded.numbers()),
                FloatBuffer.wrap(rounded.scales()), ByteBuffer.wrap(rounded.zeroPoints()));
        return rounded;
    }

    /** Rows whose inputs are sums of a few numbers, and a little of their own. */
    private float[][] correlated(int rows) {
        int causes = 60;
        float[] share = new float[causes * IN];
        for (int i = 0; i < share.length; i++) {
            share[i] = (float) random.nextGaussian();
        }
        float[][] x = new float[rows][IN];
        for (float[] row : x) {
            for (int cause = 0; cause < causes; cause++) {
                double size = random.nextGaussian();
                for (int i = 0; i < IN; i++) {
                    row[i] += (float) (size * share[cause * IN + i]);
                }
            }
            for (int i = 0; i < IN; i++) {
                row[i] += (float) random.nextGaussian();
            }
        }
        return x;
    }

    /** Mean squared error of the layer's outputs. */
    private double error(float[][] x, Rounded rounded) {
        double sum = 0;
        for (int out = 0; out < OUT; out++) {
            double[] errors = new double[IN];
            for (int in = 0; in < IN; in++) {
                errors[in] = matrix[in * OUT + out] - rounded.weight(in, out);
            }
            for (float[] row : x) {
                double error = 0;
                for (int in = 0; in < IN; in++) {
                    error += row[in] * errors[in];
                }
                sum += error * error;
            }
        }
        return sum / OUT / x.length;
    }

    private static InputFactor factor(float[][] x) {
        return InputFactor.of(x, IN).orElseThrow();
    }

    /** With 100 rows the second moments of 330 inputs have no factor without damping. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 100})
    void weightsMakeUpForEachOthersErrors(int rows) {
        float[][] x = correlated(rows);
        assertThat(error(x, rounded(Optional.of(factor(x))))).isLessThan(0.3 * error(x, rounded(Optional.empty())));
    }

    @Test
    void theyDoSoOnRowsOfTheSameKindThatNobodySaw() {
        float[][] x = correlated(1200);
        float[][] seen = Arrays.copyOf(x, 1000);
        float[][] unseen = Arrays.copyOfRange(x, 1000, 1200);
        assertThat(error(unseen, rounded(Optional.of(factor(seen))))).isLessThan(0.4 * error(unseen, rounded(Optional.empty())));
    }

    @Test
    void inputsThatHaveNothingInCommonTakeTheNearestNumbers() {
        float[][] x = new float[IN][IN];
        for (int i = 0; i < IN; i++) {
            x[i][i] = 1 + random.nextFloat();
        }
        assertSame(rounded(Optional.of(factor(x))), rounded(Optional.empty()));
    }

    @Test
    void inputsThatAreAlwaysZeroTakeTheNearestNumbers() {
        assertSame(rounded(Optional.of(factor(new float[10][IN]))), rounded(Optional.empty()));
    }

    private static void assertSame(Rounded first, Rounded second) {
        assertThat(first.numbers()).isEqualTo(second.numbers());
        assertThat(first.scales()).isEqualTo(second.scales());
        assertThat(first.zeroPoints()).isEqualTo(second.zeroPoints());
    }

    @Test
    void deadInputsHarmNoOther() {
        float[][] x = correlated(1000);
        for (float[] row : x) {
            for (int i = 0; i < IN; i += 5) {
                row[i] = 0;
            }
        }
        assertThat(error(x, rounded(Optional.of(factor(x))))).isLessThan(0.4 * error(x, rounded(Optional.empty())));
    }

    /** Each input is the same number: a matrix of rank 1, whose pivots are rounding errors. */
    @Test
    void inputsThatAreAllTheSameHaveAFactor() {
        float[][] x = new float[7][IN];
        for (float[] row : x) {
            Arrays.fill(row, random.nextFloat() * 1e6f);
        }
        assertThat(error(x, rounded(Optional.of(factor(x))))).isLessThan(0.3 * error(x, rounded(Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e30f, Float.POSITIVE_INFINITY, Float.NaN})
    void momentsThatDoNotFitIntoFp32HaveNone(float value) {
        float[][] x = correlated(20);
        x[3][100] = value;
        assertThat(InputFactor.of(x, IN)).isEmpty();
    }
}
