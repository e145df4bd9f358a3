package io.notagenbench.params;

import io.notagenbench.fault.Fault;
import java.util.List;

/**
 * One {@code name=value} or {@code name=a,b} of a command line, in the form of JMH's {@code -p}.
 *
 * @param name   the text before the first equals sign, not checked
 * @param values the text after it, split at commas; at least one
 */
public record Assignment(String name, List<String> values) {

    public Assignment {
        values = List.copyOf(values);
    }

    /** @throws Fault (usage) if there is no name, no equals sign or an empty value */
    public static Assignment parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw Fault.usage("-p " + text + " is not an assignment: write -p name=value.");
        }
        List<String> values = List.of(text.substring(equals + 1).split(",", -1));
        if (values.contains("")) {
            throw Fault.usage("-p " + text + " has an empty value: write -p name=value or -p name=a,b.");
        }
        return new Assignment(text.substring(0, equals), values);
    }
}
