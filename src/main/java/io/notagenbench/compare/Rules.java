package io.notagenbench.compare;

/**
 * The rules of a comparison.
 *
 * @param margin     how much slower still counts as the same: 0.05 for 5 %; as much faster is its inverse
 * @param alpha      the risk of a false verdict, after the correction
 * @param correction for many cells
 * @param anyway     whether cells are compared that were measured under unlike conditions
 */
public record Rules(double margin, double alpha, Correction correction, boolean anyway) {

    /** A margin of 5 %, 95 % confidence, Holm's correction, like conditions only. */
    public static Rules standard() {
        return new Rules(0.05, 0.05, Correction.HOLM, false);
    }
}
