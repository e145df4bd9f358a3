package io.notagenbench.arms;

import io.notagenbench.engine.DecodeCost;

/**
 * Some patches that an arm decoded without a break.
 *
 * @param patches      how many
 * @param context      mean number of patches before each
 * @param milliseconds for all of them
 * @param cost         of a patch: what had to be read and computed for it
 */
public record Turn(int patches, double context, double milliseconds, DecodeCost cost) {

    /** Milliseconds a patch. */
    public double millisecondsAPatch() {
        return milliseconds / patches;
    }
}
