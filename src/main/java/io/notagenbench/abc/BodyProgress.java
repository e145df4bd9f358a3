package io.notagenbench.abc;

import java.util.regex.Pattern;

/** Tells whether a growing text has reached its first whole bar of music. Looks at each character once, and tries each line once. */
public final class BodyProgress {

    private static final String VOICE = "[V:";

    /** Matches a body line up to the barline that ends the first bar of its first voice. */
    private static final Pattern FIRST_BAR = Pattern.compile("(?:\\[r:[^\\]\\n]*\\])?[^\\[\\n]*\\[V:\\d+\\][^\\n|]+\\|");

    /** Where this line begins, or -1 if it has no first bar. */
    private int line;
    private int seen;
    /** Where the first barline of this line decides: behind what may be its voice. */
    private boolean inVoice;
    private boolean complete;

    /** @param given length of the prompt, with which the text begins */
    public BodyProgress(int given) {
        line = given;
        seen = given;
    }

    /**
     * Whether the first bar of the first voice is complete, so that music can be heard.
     *
     * @param text which may only have grown since the last call
     */
    public boolean firstBarComplete(CharSequence text) {
        for (; seen < text.length() && !complete; seen++) {
            switch (text.charAt(seen)) {
                case '\n' -> {
                    line = seen + 1;
                    inVoice = false;
                }
                case ':' -> inVoice |= line >= 0 && seen >= line + 2 && VOICE.contentEquals(text.subSequence(seen - 2, seen + 1));
                case '|' -> {
                    if (inVoice) {
                        complete = FIRST_BAR.matcher(text).region(line, seen + 1).matches();
                        inVoice = false;
                        line = -1;
                    }
                }
                default -> { }
            }
        }
        return complete;
    }
}
