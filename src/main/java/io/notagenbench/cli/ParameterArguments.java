package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the {@code -p} arguments of a JMH command line, which JMH itself keeps to itself. */
final class ParameterArguments {

    private static final Set<String> FLAGS = Set.of("l", "lp", "lrf", "lprof", "h");
    private static final String LONG_NEIGHBOUR = "prof";

    private ParameterArguments() {
    }

    /**
     * Values by name, in the order given.
     *
     * @throws Fault (usage) if one is not {@code name=value}
     */
    static Map<String, List<String>> of(String... args) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("-")) {
                continue;
            }
            String option = args[i].replaceFirst("^--?", "");
            if (option.equals("p")) {
                i++;
                add(values, i < args.length ? args[i] : "");
            } else if (option.startsWith("p=")) {
                add(values, option.substring("p=".length()));
            } else if (option.startsWith("p") && !LONG_NEIGHBOUR.startsWith(option.split("=", 2)[0])) {
                add(values, option.substring("p".length()));
            } else if (!FLAGS.contains(option) && !option.contains("=")) {
                i++;
            }
        }
        return values;
    }

    private static void add(Map<String, List<String>> values, String text) {
        Assignment assignment = Assignment.parse(text);
        values.computeIfAbsent(assignment.name(), name -> new ArrayList<>()).addAll(assignment.values());
    }
}
