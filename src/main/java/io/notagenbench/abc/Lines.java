package io.notagenbench.abc;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into lines. */
final class Lines {

    private Lines() {
    }

    /** The lines with their newlines; only the last may have none. There is no empty line after the last newline. */
    static List<String> of(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', start)) {
            lines.add(text.substring(start, newline + 1));
            start = newline + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }
}
