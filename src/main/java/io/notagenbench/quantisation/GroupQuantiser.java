package io.notagenbench.quantisation;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rounds a matrix to whole numbers by a {@link GroupScheme}, in the layout of ONNX Runtime's {@code MatMulNBits}:
 * output after output; of two weights of four bits, the first is in the low half of the byte. Or as signed numbers, input
 * after input.
 *
 * <p>Each weight is rounded to the nearest number, or so that it makes up for the errors of those that were rounded before it, where
 * the {@link InputFactor} of the layer says how: this is GPTQ (Frantar et al. 2022, arXiv 2210.17323) in the form of a single
 * Cholesky decomposition (Chee et al. 2023, arXiv 2307.13304, theorem 6), from the last input to the first.
 */
public final class GroupQuantiser {

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
     * @param factor     of the inputs; empty to round each weight to the nearest number
     * @param weights    receives {@code [out, groups, group * bits / 8]}, or {@code [in, out]} in columns, from index 0 on
     * @param scales     receives {@code [out, groups]}, from index 0 on
     * @param zeroPoints receives {@code [out, ceil(groups * bits / 8)]}, from index 0 on; not used without zero points
     */
    public void quantise(FloatBuffer matrix, Optional<InputFactor> factor, ByteBuffer weights, FloatBuffer scales, ByteBuffer zeroPoints) {
        IntStream.range(0, (out + TiledMatrix.TILE - 1) / TiledMatrix.TILE).parallel().forEach(tile -> {
            int first = tile * TiledMatrix.TILE;
            int width = Math.min(TiledMatrix.TILE, out - first);
            Tile rounding = new Tile(matrix, factor, first, width);
            byte[] zeroRows = new byte[width * scheme.zeroPointRow(in)];
            for (int g = groups - 1; g >= 0; g--) {
                rounding.round(g);
                for (int column = 0; column < width; column++) {
                    int at = (first + column) * groups + g;
                    GroupRange range = rounding.ranges[column];
                    scales.put(at, range.scale());
                    if (scheme.columns()) {
                        column(rounding.numbers[column], range, weights, first + column);
                    } else {
                        pack(rounding.numbers[column], weights, at * scheme.groupBytes(in));
                    }
                    place(zeroRows, column * scheme.zeroPointRow(in), g, range.zeroPoint());
                }
            }
            if (scheme.zeroPoints()) {
                zeroPoints.put(first * scheme.zeroPointRow(in), zeroRows);
            }
        });
    }

    /** Some outputs, which are rounded independently of the others. */
    private final class Tile {

        private final FloatBuffer matrix;
        private final Optional<InputFactor> factor;
        private final int first;
        private final GroupRange[] ranges;
        /** Of a group, for each output; those of inputs beyond the end of the matrix are of the weight 0. */
        private final int[][] numbers;
        /** Weights of a group, with what makes up for errors: an array for each input. */
        private final float[][] wanted;
        /** By how much each weight is larger than what it was rounded to: an array for each input. */
        private final float[][] errors;
        /** For each input of a group, the shares of the errors of those behind it. */
        private final float[][] shares;

        Tile(FloatBuffer matrix, Optional<InputFactor> factor, int first, int width) {
            this.matrix = matrix;
            this.factor = factor;
            this.first = first;
            ranges = new GroupRange[width];
            numbers = new int[width][group];
            wanted = new float[group][width];
            errors = new float[factor.isPresent() ? in : 0][width];
            shares = new float[factor.isPresent() ? group : 0][in];
        }

        void round(int g) {
            int start = g * group;
            int end = Math.min(in, start + group);
            for (int i = start; i < end; i++) {
                matrix.get(i * out + first, wanted[i - start]);
            }
            factor.ifPresent(known -> makeUp(known, start, end));
            float[] values = new float[group];
            for (int column = 0; column < ranges.length; column++) {
                for (int i = start; i < end; i++) {
                    values[i - start] = wanted[i - start][column];
                }
                ranges[column] = new GroupRange(scheme);
                ranges[column].fit(values, end - start);
                for (int i = end - start; i < group; i++) {
                    numbers[column][i] = ranges[column].round(0);
                }
            }
            for (int i = end - 1; i >= start; i--) {
                roundInput(i, start, end);
            }
        }

        /** Adds what makes up for the errors of the groups behind. */
        private void makeUp(InputFactor known, int start, int end) {
            for (int i = start; i < end; i++) {
                known.shares(i, shares[i - start]);
            }
            for (int panel = end; panel < in; panel += TiledMatrix.PANEL) {
                for (int i = start; i < end; i++) {
                    TiledMatrix.add(shares[i - start], panel, Math.min(in, panel + TiledMatrix.PANEL), errors, 0, wanted[i - start]);
                }
            }
        }

        private void roundInput(int i, int start, int end) {
            float[] row = wanted[i - start];
            if (factor.isPresent()) {
                TiledMatrix.add(shares[i - start], i + 1, end, errors, 0, row);
                matrix.get(i * out + first, errors[i]);
            }
            for (int column = 0; column < row.length; column++) {
                GroupRange range = ranges[column];
                int number = range.round(row[column]);
                numbers[column][i - start] = number;
                if (factor.isPresent()) {
                    errors[i][column] -= (number - range.zeroPoint()) * range.scale();
                }
            }
        }
    }

    private void column(int[] numbers, GroupRange range, ByteBuffer into, int column) {
        for (int i = 0; i < numbers.length; i++) {
            into.put(i * out + column, (byte) (numbers[i] - range.zeroPoint()));
        }
    }

    private void pack(int[] numbers, ByteBuffer into, int offset) {
        if (scheme.bits() == Byte.SIZE) {
            for (int i = 0; i < numbers.length; i++) {
                into.put(offset + i, (byte) numbers[i]);
            }
        } else {
            for (int i = 0; i < numbers.length; i += 2) {
                into.put(offset + i / 2, (byte) (numbers[i] | numbers[i + 1] << 4));
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
