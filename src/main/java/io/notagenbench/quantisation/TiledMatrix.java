package io.notagenbench.quantisation;

import java.nio.FloatBuffer;

/**
 * A matrix in tiles of {@value #TILE} columns, each row of a tile an array of its own: Java's compiler makes vector instructions
 * of loops over whole arrays. Every sum adds its terms in the order of their index, so a result has the same bits on any number of
 * threads and on any processor.
 */
public final class TiledMatrix {

    public static final int TILE = 256;

    /** Rows of a tile that a loop uses again before it goes on: they fit into the second-level cache. */
    public static final int PANEL = 128;

    private final int columns;
    private final float[][][] tiles;

    TiledMatrix(int rows, int columns) {
        this.columns = columns;
        tiles = new float[(columns + TILE - 1) / TILE][rows][];
        for (int tile = 0; tile < tiles.length; tile++) {
            for (int row = 0; row < rows; row++) {
                tiles[tile][row] = new float[width(tile)];
            }
        }
    }

    /** @param matrix {@code [rows, columns]}, from index 0 on */
    public static TiledMatrix of(FloatBuffer matrix, int rows, int columns) {
        TiledMatrix tiled = new TiledMatrix(rows, columns);
        for (int tile = 0; tile < tiled.tiles(); tile++) {
            for (int row = 0; row < rows; row++) {
                matrix.get(row * columns + tile * TILE, tiled.tiles[tile][row]);
            }
        }
        return tiled;
    }

    public int tiles() {
        return tiles.length;
    }

    /** Columns of a tile. */
    public int width(int tile) {
        return Math.min(TILE, columns - tile * TILE);
    }

    /** The rows of a tile. */
    public float[][] tile(int tile) {
        return tiles[tile];
    }

    /**
     * Adds {@code factors[i] * rows[i + shift]} to a sum for each {@code i} from {@code from} to {@code to}, one after the other.
     *
     * @param sum as long as a row
     */
    public static void add(float[] factors, int from, int to, float[][] rows, int shift, float[] sum) {
        int i = from;
        for (; i + 4 <= to; i += 4) {
            int row = i + shift;
            add(factors[i], factors[i + 1], factors[i + 2], factors[i + 3], rows[row], rows[row + 1], rows[row + 2], rows[row + 3], sum);
        }
        for (; i < to; i++) {
            add(factors[i], rows[i + shift], sum);
        }
    }

    /** Four rows at once save the sum three of four times from being read and written. */
    private static void add(float a, float b, float c, float d, float[] p, float[] q, float[] r, float[] s, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + a * p[i] + b * q[i] + c * r[i] + d * s[i];
        }
    }

    private static void add(float a, float[] p, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + a * p[i];
        }
    }
}
