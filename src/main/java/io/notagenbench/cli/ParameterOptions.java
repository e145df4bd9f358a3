package io.notagenbench.cli;

import io.notagenbench.params.Assignment;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code -p name=value}, as JMH has it; mixed into every command under the name {@code parameters}. */
final class ParameterOptions {

    @Option(names = "-p", paramLabel = "name=value", description = "Sets a parameter; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    /** One value for each parameter. */
    Parameters single() {
        return Parameters.parse(assignments);
    }

    /** The values given for each parameter. */
    Map<Parameter, List<String>> lists() {
        return Parameters.parseLists(assignments);
    }

    /** As {@link #lists}, ranges spelled out. */
    Map<Parameter, List<String>> ranges() {
        return Parameters.parseLists(assignments.stream().map(ParameterOptions::spelledOut).toList());
    }

    private static String spelledOut(String text) {
        Assignment assignment = Assignment.parse(text);
        return assignment.name() + "=" + assignment.values().stream().flatMap(value -> Range.expand(value).stream())
                .collect(Collectors.joining(","));
    }
}
