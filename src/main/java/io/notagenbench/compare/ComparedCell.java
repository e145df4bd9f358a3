package io.notagenbench.compare;

import io.notagenbench.fault.Outcome;
import io.notagenbench.results.Cell;
import org.apache.commons.math3.stat.StatUtils;

/**
 * One cell that both sides have.
 *
 * @param cell       what was measured
 * @param a          what A has of it
 * @param b          what B has of it
 * @param effect     what the forks say; null where they were not compared
 * @param pDifferent p of equal times, corrected for the number of cells; NaN without an effect
 * @param pSame      p of times further apart than the margin, corrected in the same way; NaN without an effect
 * @param verdict    null where a side is not OK, so that the cell has no rank
 * @param why        what the verdict does not say: why it is UNCLEAR, or why there is none; empty elsewhere
 */
record ComparedCell(Cell cell, CellSamples a, CellSamples b, Effect effect, double pDifferent, double pSame, Verdict verdict,
        String why) {

    /** A cell without a rank. */
    static ComparedCell unranked(Cell cell, CellSamples a, CellSamples b, String why) {
        return new ComparedCell(cell, a, b, null, Double.NaN, Double.NaN, null, why);
    }

    /** A cell whose forks cannot be tested. */
    static ComparedCell untested(Cell cell, CellSamples a, CellSamples b, String why) {
        return new ComparedCell(cell, a, b, null, Double.NaN, Double.NaN, Verdict.UNCLEAR, why);
    }

    boolean isRanked() {
        return verdict != null;
    }

    /** Whether A could measure it and B could not. */
    boolean isLost() {
        return a.failure().isEmpty()
                && b.failure().filter(row -> row.outcome() != Outcome.SKIPPED).isPresent();
    }

    /** Time of B over time of A, also where it was not tested; not for a cell without a rank. */
    double ratio() {
        return Math.exp(StatUtils.mean(b.timing().logTimes()) - StatUtils.mean(a.timing().logTimes()));
    }
}
