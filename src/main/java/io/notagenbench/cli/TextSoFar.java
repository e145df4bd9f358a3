package io.notagenbench.cli;

import io.notagenbench.generate.PieceListener;

/** The text of a piece while another thread writes it. */
final class TextSoFar implements PieceListener {

    private final StringBuilder text = new StringBuilder();
    private PieceListener next = PieceListener.NONE;
    private int patches;

    /** @param listener is called as well, until {@link #end} */
    synchronized void tell(PieceListener listener) {
        next = listener;
    }

    /** A text only grows. */
    @Override
    public synchronized void patchWritten(int number, CharSequence whole) {
        patches = number;
        text.append(whole, text.length(), whole.length());
        next.patchWritten(number, whole);
    }

    /** The text with its prompt; empty before the first patch. */
    synchronized String end() {
        next = PieceListener.NONE;
        return text.toString();
    }

    synchronized int patches() {
        return patches;
    }
}
