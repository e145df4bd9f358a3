package io.notagenbench.quantisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupQuantiserTest {

    private static final int IN = 80;
    private static final int OUT = 35;

    private record Rounded(GroupScheme scheme, ByteBuffer weights, FloatBuffer scales, ByteBuffer zeroPoints) {

        /** The weight back from its number, by the layout that ONNX Runtime documents for MatMulNBits. */
        float weight(int in, int out) {
            int groups = scheme.groups(IN);
            int group = in / scheme.groupSize(IN);
            int at = (out * groups + group) * scheme.groupBytes(IN);
            int inside = in % scheme.groupSize(IN);
            int zero = scheme.zeroPoints() ? number(zeroPoints, out * ((groups * scheme.bits() + 7) / 8), group)
                    : 1 << scheme.bits() - 1;
            return (number(weights, at, inside) - zero) * scales.get(out * groups + group);
        }

        private int number(ByteBuffer bytes, int from, int index) {
            if (scheme.bits() == 8) {
                return Byte.toUnsignedInt(bytes.get(from + index));
            }
            return bytes.get(from + index / 2) >> index % 2 * 4 & 15;
        }
    }

    private static float[] matrix(double mean) {
        Random random = new Random(3);
        float[] matrix = new float[IN * OUT];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) (mean + random.nextGaussian());
        }
        return matrix;
    }

    private static Rounded rounded(GroupScheme scheme, float[] matrix) {
        Rounded rounded = new Rounded(scheme, ByteBuffer.allocate((int) scheme.weightBytes(IN, OUT)),
                FloatBuffer.allocate((int) scheme.scales(IN, OUT)), ByteBuffer.allocate((int) scheme.zeroPointBytes(IN, OUT)));
        new GroupQuantiser(scheme, IN, OUT)
                .quantise(FloatBuffer.wrap(matrix), Optional.empty(), rounded.weights(), rounded.scales(), rounded.zeroPoints());
        return rounded;
    }

    private static double error(Rounded rounded, float[] matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            sum += Math.pow(matrix[i] - rounded.weight(i / OUT, i % OUT), 2);
        }
        return Math.sqrt(sum / matrix.length);
    }

    /** A last group that is not full, outputs that do not fill a tile: every weight is within half a step. */
    @ParameterizedTest
    @CsvSource({"4, 16, false", "4, 16, true", "4, 32, true", "8, 32, false", "8, 64, true", "4, 128, true", "8, 0, false"})
    void everyWeightIsWithinHalfAStep(int bits, int group, boolean zeroPoints) {
        float[] matrix = matrix(0);
        Rounded rounded = rounded(new GroupScheme(bits, group, zeroPoints, 0), matrix);
        for (int in = 0; in < IN; in++) {
            for (int out = 0; out < OUT; out++) {
                float scale = rounded.scales().get(out * rounded.scheme().groups(IN) + in / rounded.scheme().groupSize(IN));
                // a zero point that is rounded, too, can clip an extreme weight by another half
                assertThat(rounded.weight(in, out)).isCloseTo(matrix[in * OUT + out], within(scale * (zeroPoints ? 1.001f : 0.501f)));
            }
        }
    }

    @Test
    void zeroPointsServeGroupsOfOneSign() {
        float[] matrix = matrix(4);
        assertThat(error(rounded(new GroupScheme(4, 32, true, 0), matrix), matrix))
                .isLessThan(0.75 * error(rounded(new GroupScheme(4, 32, false, 0), matrix), matrix));
    }

    @Test
    void aSearchedRangeLosesLess() {
        float[] matrix = matrix(0);
        assertThat(error(rounded(new GroupScheme(4, 32, true, 8), matrix), matrix))
                .isLessThan(0.99 * error(rounded(new GroupScheme(4, 32, true, 0), matrix), matrix));
    }

    /** Each is half of the one before: what a scale serves is a part of what another served. */
    @ParameterizedTest
    @CsvSource({"4, false", "4, true", "8, false", "8, true"})
    void finerGroupsLoseLess(int bits, boolean zeroPoints) {
        float[] matrix = matrix(0.3);
        double coarser = Double.POSITIVE_INFINITY;
        for (int group : new int[] {GroupScheme.ROW, 64, 32, 16}) {
            double error = error(rounded(new GroupScheme(bits, group, zeroPoints, 8), matrix), matrix);
            assertThat(error).isLessThan(coarser);
            coarser = error;
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 32, true, 8, int4-32-zero-search", "8, 64, false, 0, int8-64", "8, 0, false, 0, int8-row"})
    void aLabelTellsSchemesApart(int bits, int group, boolean zeroPoints, int shrunk, String label) {
        assertThat(new GroupScheme(bits, group, zeroPoints, shrunk).label()).isEqualTo(label);
    }

    @Test
    void zerosStayZeros() {
        Rounded rounded = rounded(new GroupScheme(4, 32, true, 8), new float[IN * OUT]);
        assertThat(error(rounded, new float[IN * OUT])).isZero();
        assertThat(rounded.scales().get(0)).isPositive();
    }

    /** The same numbers as those of rows, signed, and input after input. */
    @Test
    void columnsLieInputAfterInput() {
        Rounded rows = rounded(new GroupScheme(8, GroupScheme.ROW, false, 0), matrix(0.3));
        Rounded columns = rounded(GroupScheme.COLUMNS, matrix(0.3));
        assertThat(columns.scales()).isEqualTo(rows.scales());
        for (int in = 0; in < IN; in++) {
            for (int out = 0; out < OUT; out++) {
                assertThat((int) columns.weights().get(in * OUT + out)).isEqualTo(Byte.toUnsignedInt(rows.weights().get(out * IN + in)) - 128);
            }
        }
        assertThat(GroupScheme.COLUMNS.label()).isEqualTo("int8-column");
    }

    @Test
    void impossibleSchemesAreRefused() {
        assertThatThrownBy(() -> new GroupScheme(3, 32, true, 0)).hasMessageContaining("3 bits");
        assertThatThrownBy(() -> new GroupScheme(4, 48, true, 0)).hasMessageContaining("48");
        assertThatThrownBy(() -> new GroupScheme(4, 32, true, 0, true)).hasMessageContaining("columns");
    }
}
