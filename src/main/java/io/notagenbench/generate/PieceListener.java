package io.notagenbench.generate;

/** Hears of a piece while it is written. */
@FunctionalInterface
public interface PieceListener {

    /** Hears nothing. */
    PieceListener NONE = (patches, text) -> {
    };

    /**
     * @param patches patches generated so far
     * @param text    the text so far, with the prompt
     */
    void patchWritten(int patches, CharSequence text);
}
