package io.notagenbench.abc;

/**
 * The whole bars of a piece that was stopped. A line of the body is one bar in all voices. Until its newline is
 * written, notes, barlines or whole voices may be missing, and a voice that is not written yet looks like a voice that
 * rests.
 */
public final class WholeBars {

    private WholeBars() {
    }

    /** The text up to its last newline: without the bar, or the line of the header, in which the piece was stopped. */
    public static String of(String raw) {
        return raw.substring(0, raw.lastIndexOf('\n') + 1);
    }
}
