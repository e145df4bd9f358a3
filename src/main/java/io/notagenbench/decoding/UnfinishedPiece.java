package io.notagenbench.decoding;

/**
 * A piece that is being written, as its decoder sees it: the context to encode, the patch to decode, and {@link
 * #decided} to report the result. Then the next patch is asked for, until {@link #ended}.
 */
public interface UnfinishedPiece {

    /** Whether nothing is left to decode; the other methods are not to be called then. */
    boolean ended();

    /** Ids of the context, those of {@link #contextPatches} complete patches in front; not to be changed. */
    int[] context();

    /** Returns the number of complete patches in the context, at least 1. */
    int contextPatches();

    /**
     * The number of first patches of the context that have not changed since the last patch: 0 for a new piece; after a
     * stream cut the patches before the first that differs, and never all.
     */
    int unchangedPatches();

    /** The 16 ids of the patch to decode: the first {@link #chosen} are given, the others are to be written. */
    int[] patch();

    /** Ids of the patch that are chosen already, 0 to 15. */
    int chosen();

    /** Decides each character. */
    CharChooser chooser();

    /** The first {@code count} ids of the patch are decided, given ones included: at least up to the first EOS. */
    void decided(int count);
}
