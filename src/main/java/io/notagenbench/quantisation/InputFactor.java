package io.notagenbench.quantisation;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the inputs of a linear layer have in common on real music: the Cholesky factor {@code U} of their second moments
 * {@code X^T X = U^T U}. The squared error of the layer's outputs is a sum over the inputs {@code i} of
 * {@code (U_ii e_i + sum over j > i of U_ij e_j)^2}, where {@code e} are the errors of the weights. So the error of weights that are
 * already rounded can be taken into account when the weights of input {@code i} are rounded.
 */
public final class InputFactor {

    /** Share of the mean second moment that is added to each input's own: few rows say little about many inputs. */
    private static final float DAMPING = 0.01f;

    /** Where the factor does not exist in fp32, more is added, by this factor. */
    private static final float MORE = 10;

    /** Rows that are eliminated at once; a tile has a whole number of them. */
    private static final int BLOCK = 64;

    /** Rows of one task. */
    private static final int CHUNK = 32;

    private final int inputs;
    private final TiledMatrix factor;

    private InputFactor(int inputs, TiledMatrix factor) {
        this.inputs = inputs;
        this.factor = factor;
    }

    /**
     * Computes the factor, on all processors.
     *
     * @param x      inputs of the layer, an array for each row
     * @param inputs their number
     * @return empty if the second moments are too large for fp32
     */
    public static Optional<InputFactor> of(float[][] x, int inputs) {
        TiledMatrix rows = new TiledMatrix(x.length, inputs);
        for (int tile = 0; tile < rows.tiles(); tile++) {
            for (int row = 0; row < x.length; row++) {
                System.arraycopy(x[row], tile * TiledMatrix.TILE, rows.tile(tile)[row], 0, rows.width(tile));
            }
        }
        for (float damping = DAMPING;; damping *= MORE) {
            TiledMatrix moments = moments(rows, x, inputs);
            double mean = IntStream.range(0, inputs).mapToDouble(i -> at(moments, i, i)).sum() / inputs;
            if (!Double.isFinite(mean)) {
                return Optional.empty();
            }
            damp(moments, inputs, mean == 0 ? 1 : (float) (damping * mean));
            if (decomposed(moments, inputs)) {
                return Optional.of(new InputFactor(inputs, moments));
            }
        }
    }

    /** The upper triangle, and what else its tiles have. */
    private static TiledMatrix moments(TiledMatrix rows, float[][] x, int inputs) {
        TiledMatrix moments = new TiledMatrix(inputs, inputs);
        chunks(0, inputs, (from, to) -> {
            float[][] columns = new float[to - from][x.length];
            for (int row = 0; row < x.length; row++) {
                for (int i = from; i < to; i++) {
                    columns[i - from][row] = x[row][i];
                }
            }
            for (int tile = from / TiledMatrix.TILE; tile < moments.tiles(); tile++) {
                for (int first = 0; first < x.length; first += TiledMatrix.PANEL) {
                    int end = Math.min(x.length, first + TiledMatrix.PANEL);
                    for (int i = from; i < to; i++) {
                        TiledMatrix.add(columns[i - from], first, end, rows.tile(tile), 0, moments.tile(tile)[i]);
                    }
                }
            }
        });
        return moments;
    }

    private static void damp(TiledMatrix moments, int inputs, float more) {
        for (int i = 0; i < inputs; i++) {
            moments.tile(i / TiledMatrix.TILE)[i][i % TiledMatrix.TILE] += more;
        }
    }

    private static float at(TiledMatrix matrix, int row, int column) {
        return matrix.tile(column / TiledMatrix.TILE)[row][column % TiledMatrix.TILE];
    }

    /** Replaces the upper triangle by its factor; returns whether that exists. */
    private static boolean decomposed(TiledMatrix matrix, int inputs) {
        for (int first = 0; first < inputs; first += BLOCK) {
            int start = first;
            int size = Math.min(BLOCK, inputs - start);
            int pivotTile = start / TiledMatrix.TILE;
            float[][] factors = new float[size][size];
            for (int i = 0; i < size; i++) {
                if (!eliminate(matrix.tile(pivotTile), start, i, factors[i])) {
                    return false;
                }
            }
            IntStream.range(pivotTile + 1, matrix.tiles()).parallel().forEach(tile -> {
                for (int i = 0; i < size; i++) {
                    float[] row = matrix.tile(tile)[start + i];
                    TiledMatrix.add(factors[i], 0, i, matrix.tile(tile), start, row);
                    divide(row, factors[i][i]);
                }
            });
            chunks(start + size, inputs, (from, to) -> update(matrix, start, size, from, to));
        }
        return true;
    }

    /**
     * Takes the rows of a block off row {@code i} of the block, in the tile of its pivot.
     *
     * @param factors receives those of the rows, and then the root of the pivot
     */
    private static boolean eliminate(float[][] tile, int start, int i, float[] factors) {
        int pivot = (start + i) % TiledMatrix.TILE;
        for (int j = 0; j < i; j++) {
            factors[j] = -tile[start + j][pivot];
        }
        float[] row = tile[start + i];
        TiledMatrix.add(factors, 0, i, tile, start, row);
        if (!(row[pivot] > 0) || row[pivot] == Float.POSITIVE_INFINITY) {
            return false;
        }
        factors[i] = (float) Math.sqrt(row[pivot]);
        divide(row, factors[i]);
        return true;
    }

    private static void divide(float[] row, float divisor) {
        for (int i = 0; i < row.length; i++) {
            row[i] /= divisor;
        }
    }

    /** Takes a block off the rows from {@code from} to {@code to}. */
    private static void update(TiledMatrix matrix, int start, int size, int from, int to) {
        float[][] factors = new float[to - from][size];
        for (int j = 0; j < size; j++) {
            for (int i = from; i < to; i++) {
                factors[i - from][j] = -at(matrix, start + j, i);
            }
        }
        for (int tile = from / TiledMatrix.TILE; tile < matrix.tiles(); tile++) {
            for (int i = from; i < to; i++) {
                TiledMatrix.add(factors[i - from], 0, size, matrix.tile(tile), start, matrix.tile(tile)[i]);
            }
        }
    }

    private interface Rows {

        void each(int from, int to);
    }

    private static void chunks(int from, int to, Rows rows) {
        IntStream.range(0, (to - from + CHUNK - 1) / CHUNK).parallel()
                .forEach(chunk -> rows.each(from + chunk * CHUNK, Math.min(to, from + (chunk + 1) * CHUNK)));
    }

    /** {@code U_ij / U_ii} for each {@code j > i}. */
    void shares(int i, float[] into) {
        float pivot = at(factor, i, i);
        for (int j = i + 1; j < inputs; j++) {
            into[j] = at(factor, i, j) / pivot;
        }
    }
}
