package io.notagenbench.abc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The barlines of a finished text (notagen.md, section 4). */
final class Barlines {

    private static final Pattern BARLINE = Pattern.compile(
            "\\|\\|:|:\\|\\||\\[\\|:|:\\|\\]|\\|\\]:|:\\[\\||\\|:|::|:\\||\\[\\||\\|\\||\\|\\]|\\|");

    private Barlines() {
    }

    /** Index of the last barline: the right barline and what follows it begin there. 0 if there is none. */
    static int rightBarline(String bar) {
        Matcher barline = BARLINE.matcher(bar);
        int last = 0;
        while (barline.find()) {
            last = barline.start();
        }
        return last;
    }
}
