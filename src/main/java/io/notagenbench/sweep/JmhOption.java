package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The options of JMH that a cell may have. */
public final class JmhOption {

    private static final Map<String, Pattern> FORMS = new LinkedHashMap<>();

    static {
        Pattern count = Pattern.compile("\\d{1,6}");
        Pattern time = Pattern.compile("\\d{1,9}(?:ns|us|ms|s|m|h)?");
        for (String name : List.of(Cell.FORKS, "wf", "wi", "i", "opi")) {
            FORMS.put(name, count);
        }
        for (String name : List.of("w", "r", "to")) {
            FORMS.put(name, time);
        }
        // the others give no samples of one number: a fork of those cannot be put beside the next
        FORMS.put("bm", Pattern.compile("thrpt|avgt|ss|Throughput|AverageTime|SingleShotTime"));
        FORMS.put("tu", Pattern.compile("m|s|ms|us|ns"));
        FORMS.put(Cell.PROFILERS, Pattern.compile("\\S+(?: \\S+)*"));
    }

    private JmhOption() {
    }

    /**
     * Checks one option.
     *
     * @param name without the dash
     * @return the value
     * @throws Fault (usage) if a cell cannot have it, or its value is wrong
     */
    public static String check(String name, String value) {
        Pattern form = FORMS.get(name);
        if (form == null) {
            throw Fault.usage("JMH's option " + name + " cannot be set in a sweep: allowed is " + String.join(", ", FORMS.keySet())
                    + ".");
        }
        if (!form.matcher(value).matches()) {
            throw Fault.usage("JMH's option -" + name + " cannot be " + value + " in a sweep" + switch (name) {
                case "w", "r", "to" -> ": give a time, such as 500ms or 2s.";
                case "bm" -> ": choose avgt, thrpt or ss.";
                case "tu" -> ": choose m, s, ms, us or ns.";
                default -> ": give a whole number.";
            });
        }
        return value;
    }
}
