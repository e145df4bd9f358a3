package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

/**
 * What one row more costs a char-level pass, as a share of a pass of one row: measured as the piece is decoded, since it
 * depends on the machine, the model and the precision. Decides how long drafts are, never which characters are written.
 */
final class RowCost {

    /** Until both are measured: near what weights that are read once for all rows cost. */
    private static final double GUESS = 0.12;
    private static final double LEAST = 0.03;
    /** Weight of a new measurement. */
    private static final double PACE = 0.1;

    private double oneRow;
    private double perRow;
    private double rowsSeen;

    /** A pass of {@code rows} rows took {@code nanos}. */
    void observe(int rows, long nanos) {
        if (rows == 1) {
            oneRow = oneRow == 0 ? nanos : oneRow + PACE * (nanos - oneRow);
        } else if (rows <= PATCH_SIZE) {
            perRow = perRow == 0 ? nanos : perRow + PACE * (nanos - perRow);
            rowsSeen = rowsSeen == 0 ? rows : rowsSeen + PACE * (rows - rowsSeen);
        }
    }

    /** Cost of one more row against a pass of one row. */
    double ofARow() {
        if (oneRow == 0 || perRow == 0) {
            return GUESS;
        }
        return Math.max(LEAST, (perRow / oneRow - 1) / (rowsSeen - 1));
    }
}
