package io.notagenbench.decoding;

/**
 * What pieces that are decoded together have cost so far. Rows divided by passes is the mean number of pieces that
 * shared one reading of the weights.
 *
 * @param patchPasses patch-level steps, one a round; prefills are not among them
 * @param patchRows   patches run in them
 * @param charPasses  char-level steps
 * @param charRows    characters run in them
 */
public record BatchWork(long patchPasses, long patchRows, long charPasses, long charRows) {

    /** The empty sum. */
    public static final BatchWork NONE = new BatchWork(0, 0, 0, 0);

    /** Adds other work to this. */
    public BatchWork plus(BatchWork other) {
        return new BatchWork(patchPasses + other.patchPasses, patchRows + other.patchRows, charPasses + other.charPasses,
                charRows + other.charRows);
    }

    BatchWork patches(int rows) {
        return new BatchWork(patchPasses + 1, patchRows + rows, charPasses, charRows);
    }

    BatchWork chars(int rows) {
        return new BatchWork(patchPasses, patchRows, charPasses + 1, charRows + rows);
    }
}
