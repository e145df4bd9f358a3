package io.notagenbench.params;

import io.notagenbench.fault.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of values: {@code 0..29} counts by one, {@code 0.8..1.4 +0.2} by a step, {@code 32..256 x2} by a factor. No
 * value is beyond the last.
 */
public final class Range {

    private static final String NUMBER = "(\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][+-]?\\d{1,2})?)";
    private static final Pattern FORM =
            Pattern.compile(NUMBER + "\\.\\." + NUMBER + "(?:\\s*([+x])\\s*" + NUMBER + ")?");
    private static final int MOST = 10_000;

    private Range() {
    }

    /**
     * The values of a range; any other text is returned as the only value.
     *
     * @throws Fault (usage) if the range has no end, or runs backwards
     */
    public static List<String> expand(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return List.of(text);
        }
        BigDecimal last = new BigDecimal(matcher.group(2));
        boolean factor = "x".equals(matcher.group(3));
        BigDecimal step = matcher.group(4) == null ? BigDecimal.ONE : new BigDecimal(matcher.group(4));
        BigDecimal value = new BigDecimal(matcher.group(1));
        if (value.compareTo(last) > 0) {
            throw Fault.usage(text + " runs backwards: give the smaller number first.");
        }
        if (factor ? step.compareTo(BigDecimal.ONE) <= 0 || value.signum() == 0 : step.signum() == 0) {
            throw Fault.usage(text + " has no end: give a step above 0, or a number above 0 and a factor above 1.");
        }
        List<String> values = new ArrayList<>();
        for (; value.compareTo(last) <= 0; value = factor ? value.multiply(step) : value.add(step)) {
            if (values.size() == MOST) {
                throw Fault.usage(text + " has more than " + MOST + " values: give a larger step.");
            }
            values.add(value.toPlainString());
        }
        return values;
    }
}
