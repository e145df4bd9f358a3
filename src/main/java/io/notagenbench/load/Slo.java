package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service level that a request must meet to count as good.
 *
 * @param ttftMillis  the longest time to the first patch
 * @param gapMillis   the longest mean gap between its patches
 * @param totalMillis the longest time to its end
 */
public record Slo(double ttftMillis, double gapMillis, double totalMillis) {

    private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,6})?)";

    /**
     * As the option {@code --slo} has it.
     *
     * @throws Fault (usage) if it is not one
     */
    public static Slo of(String text) {
        return of("--slo ", ",", text);
    }

    /** As the parameter {@code slo} has it, where a comma would part two values: {@code ttft:1000+gap:200+total:30000}. */
    static Slo ofParameter(String text) {
        return of("slo=", "+", text);
    }

    private static Slo of(String name, String between, String text) {
        Matcher form = Pattern.compile(String.join(Pattern.quote(between), "ttft:" + NUMBER, "gap:" + NUMBER, "total:" + NUMBER))
                .matcher(text);
        if (!form.matches()) {
            throw Fault.usage(name + text + " is not possible: give milliseconds, as in " + name
                    + String.join(between, "ttft:1000", "gap:200", "total:30000") + ".");
        }
        return new Slo(Double.parseDouble(form.group(1)), Double.parseDouble(form.group(2)), Double.parseDouble(form.group(3)));
    }

    boolean isMetBy(Answered answered) {
        return answered.isWhole() && answered.ttft() <= ttftMillis && answered.meanGap() <= gapMillis
                && answered.total() <= totalMillis;
    }
}
