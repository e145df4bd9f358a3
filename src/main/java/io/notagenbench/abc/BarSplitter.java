package io.notagenbench.abc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits body lines into bars for the patches of a continuation: a bar is a barline and the text up to the next one
 * (notagen.md, section 3, rule 6; {@code Patchilizer.split_bars} of the original).
 */
final class BarSplitter {

    private static final Pattern BARLINE = Pattern.compile("\\|:|::|:\\||\\[\\||\\|\\||\\|\\]|\\|");

    private BarSplitter() {
    }

    /** Returns the bars of all lines in order; joined, they give the lines. */
    static List<String> bars(List<String> lines) {
        List<String> bars = new ArrayList<>();
        lines.forEach(line -> bars.addAll(barsOfLine(line)));
        return bars;
    }

    private static List<String> barsOfLine(String line) {
        List<String> bars = new ArrayList<>();
        Matcher barline = BARLINE.matcher(line);
        int start = 0;
        while (barline.find()) {
            if (barline.start() > start) {
                bars.add(line.substring(start, barline.start()));
            }
            start = barline.start();
        }
        if (start < line.length()) {
            bars.add(line.substring(start));
        }
        int last = bars.size() - 1;
        // A barline and a newline after the last voice belong to its bar.
        if (last > 0 && bars.get(last).indexOf('V') < 0) {
            String tail = bars.remove(last);
            bars.set(last - 1, bars.get(last - 1) + tail);
        }
        return bars;
    }
}
