package io.notagenbench.arms;

/**
 * Some patches that were decoded without a break.
 *
 * @param patches      how many
 * @param context      mean number of patches before each
 * @param milliseconds for all of them
 * @param patchPasses  passes of the patch level
 * @param patchRows    patches that were run in them
 * @param charPasses   passes of the char level
 * @param charRows     positions that were run in them
 */
public record Stretch(int patches, double context, double milliseconds, long patchPasses, long patchRows, long charPasses,
        long charRows) {

    /** Milliseconds a patch. */
    public double millisecondsAPatch() {
        return milliseconds / patches;
    }
}
