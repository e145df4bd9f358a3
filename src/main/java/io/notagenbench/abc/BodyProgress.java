package io.notagenbench.abc;

import java.util.regex.Pattern;

/** How far the music of a growing text has come. */
public final class BodyProgress {

    /** A body line's first voice and the barline that ends its first bar. */
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
