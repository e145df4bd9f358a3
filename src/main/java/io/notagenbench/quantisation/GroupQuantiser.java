package io.notagenbench.quantisation;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * Rounds a matrix to whole numbers by a {@link GroupScheme}, in the layout of ONNX Runtime's {@code MatMulNBits}:
 * output after output; of two weights of four bits, the first is in the low half of the byte. Or as signed numbers, input
 * after input.
 */
public final class GroupQuantiser {

    /** Outputs that are gathered at once: a row of the matrix has that many in a cache line. */
    private static final int COLUMNS = 16;

    private final GroupScheme scheme;
    private final int in;
    private final int out;
    private final int groups;
    private final int group;

    /**
     * @param in  inputs, rows of the matrix
     * @param out outputs, its columns
     */
    public GroupQuantiser(GroupScheme scheme, int in, int out) {
        this.scheme = scheme;
        this.in = in;
        this.out = out;
        groups = scheme.groups(in);
        group = scheme.groupSize(in);
    }

    /**
     * Rounds a matrix, on all processors.
     *
     * @param matrix     {@code [in, out]}, from index 0 on
     * @param weights    receives {@code [out, groups, group * bits / 8]}, or {@code [in, out]} in columns, from index 0 on
     * @param scales     receives {@code [out, groups]}, from index 0 on
     * @param zeroPoints receives {@code [out, ceil(groups * bits / 8)]}, from index 0 on; not used without zero points
     */
    public void quantise(FloatBuffer matrix, ByteBuffer weights, FloatBuffer scales, ByteBuffer zeroPoints) {
        IntStream.range(0, (out + COLUMNS - 1) / COLUMNS).parallel().forEach(tile -> {
            int first = tile * COLUMNS;
            int width = Math.min(COLUMNS, out - first);
            float[][] values = new float[width][group];
            GroupRange range = new GroupRange(scheme);
            byte[] zeroRows = new byte[width * scheme.zeroPointRow(in)];
            for (int g = 0; g < groups; g++) {
                gather(matrix, g * group, first, values);
                for (int column = 0; column < width; column++) {
                    range.fit(values[column], Math.min(group, in - g * group));
                    int at = (first + column) * groups + g;
                    scales.put(at, range.scale());
                    if (scheme.columns()) {
                        column(values[column], range, weights, first + column);
                    } else {
                        pack(values[column], range, weights, at * scheme.groupBytes(in));
                    }
                    place(zeroRows, column * scheme.zeroPointRow(in), g, range.zeroPoint());
                }
            }
            if (scheme.zeroPoints()) {
                zeroPoints.put(first * scheme.zeroPointRow(in), zeroRows);
            }
        });
    }

    /** Inputs beyond the end of the matrix are 0. */
    private void gather(FloatBuffer matrix, int row, int column, float[][] into) {
        for (int i = 0; i < group; i++) {
            boolean inside = row + i < in;
            for (int c = 0; c < into.length; c++) {
                into[c][i] = inside ? matrix.get((row + i) * out + column + c) : 0;
            }
        }
    }

    private void column(float[] values, GroupRange range, ByteBuffer into, int column) {
        for (int i = 0; i < values.length; i++) {
            into.put(i * out + column, (byte) (range.round(values[i]) - range.zeroPoint()));
        }
    }

    private void pack(float[] values, GroupRange range, ByteBuffer into, int offset) {
        if (scheme.bits() == Byte.SIZE) {
            for (int i = 0; i < values.length; i++) {
                into.put(offset + i, (byte) range.round(values[i]));
            }
        } else {
            for (int i = 0; i < values.length; i += 2) {
                into.put(offset + i / 2, (byte) (range.round(values[i]) | range.round(values[i + 1]) << 4));
            }
        }
    }

    private void place(byte[] rows, int row, int index, int zeroPoint) {
        if (scheme.bits() == Byte.SIZE) {
            rows[row + index] = (byte) zeroPoint;
        } else {
            rows[row + index / 2] |= (byte) (zeroPoint << (index % 2 * 4));
        }
    }
}
