package io.notagenbench.cli;

import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
}
