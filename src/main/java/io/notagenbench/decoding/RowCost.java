package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

/**
 * The cost of one more row in a pass of one level, relative to a pass of one row. It is measured while the piece is
 * decoded, because it depends on the machine, the model and the precision. It decides what is drafted, never what is
 * written.
 */
final class RowCost {

    /** Assumed until both are measured: close to the cost if weights are read once for all rows. */
    private static final double GUESS = 0.12;
    private static final double LEAST = 0.03;
    /** Weight of a new measurement. One that was delayed by other processes counts as twice the mean at most. */
    private static final double PACE = 0.1;
    /** How fast the cost decays while no drafts run: one slow first pass must not stop drafting for good. */
    private static final double FADING = 0.01;

    private double oneRow;
    private double perRow;
    private double rowsSeen;

    /** Records that a pass of {@code rows} rows took {@code nanos}. */
    void observe(int rows, long nanos) {
        if (rows == 1) {
            oneRow = follow(oneRow, nanos);
            if (perRow > 0) {
                perRow += FADING * (oneRow * (1 + GUESS * (rowsSeen - 1)) - perRow);
            }
        } else if (rows <= PATCH_SIZE) {
            perRow = follow(perRow, nanos);
            rowsSeen = rowsSeen == 0 ? rows : rowsSeen + PACE * (rows - rowsSeen);
        }
    }

    private static double follow(double mean, double nanos) {
        return mean == 0 ? nanos : mean + PACE * (Math.min(nanos, 2 * mean) - mean);
    }

    /** Returns the cost of one more row, relative to a pass of one row. */
    double ofARow() {
        if (oneRow == 0 || perRow == 0) {
            return GUESS;
        }
        return Math.max(LEAST, (perRow / oneRow - 1) / (rowsSeen - 1));
    }
}
