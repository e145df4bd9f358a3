package io.notagenbench.generate;

/** Is told of the progress of a piece. */
@FunctionalInterface
public interface PieceListener {

    /** A listener that ignores everything. */
    PieceListener NONE = (patches, text) -> {
    };

    /**
     * @param patches patches generated so far
     * @param text    the text so far, with the prompt
     */
    void patchWritten(int patches, CharSequence text);
}
