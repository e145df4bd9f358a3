package io.notagenbench.abc;

/**
 * What is left of a piece that was stopped: its whole bars. A line of the body is one bar in all its voices. While its
 * newline is missing, notes, barlines or whole voices may be missing, too, and nothing tells which: a voice that was not
 * written yet is no voice that rests.
 */
public final class WholeBars {

    private WholeBars() {
    }

    /** The text up to its last newline: without the bar, or the line of the header, in which the piece was stopped. */
    public static String of(String raw) {
        return raw.substring(0, raw.lastIndexOf('\n') + 1);
    }
}
