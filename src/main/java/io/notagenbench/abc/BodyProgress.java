package io.notagenbench.abc;

import java.util.regex.Pattern;

/** Tells whether a growing text has reached its first whole bar of music. */
public final class BodyProgress {

    /** Matches the first voice of a body line and the barline that ends its first bar. */
    private static final Pattern FIRST_BAR = Pattern.compile("(?m)^(?:\\[r:[^\\]\\n]*\\])?[^\\[\\n]*\\[V:\\d+\\][^\\n|]+\\|");

    private BodyProgress() {
    }

    /**
     * Whether the first bar of the first voice is complete, so that music can be heard.
     *
     * @param given length of the prompt, with which the text begins
     */
    public static boolean firstBarComplete(CharSequence text, int given) {
        return FIRST_BAR.matcher(text).region(given, text.length()).find();
    }
}
