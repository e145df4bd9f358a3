package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

/**
 * What one row more costs a pass of one level, as a share of a pass of one row: measured as the piece is decoded, since it
 * depends on the machine, the model and the precision. Decides what is drafted, never which characters are written.
 */
final class RowCost {

    /** Until both are measured: near what weights that are read once for all rows cost. */
    private static final double GUESS = 0.12;
    private static final double LEAST = 0.03;
    /** Weight of a new measurement; one that something else on the machine has held up counts as twice the mean. */
    private static final double PACE = 0.1;
    /** How fast what rows cost is forgotten while none are run: a first pass that was slow must not end all drafts. */
    private static final double FADING = 0.01;

    private double oneRow;
    private double perRow;
    private double rowsSeen;

    /** A pass of {@code rows} rows took {@code nanos}. */
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

    /** Cost of one more row against a pass of one row. */
    double ofARow() {
        if (oneRow == 0 || perRow == 0) {
            return GUESS;
        }
        return Math.max(LEAST, (perRow / oneRow - 1) / (rowsSeen - 1));
    }
}
