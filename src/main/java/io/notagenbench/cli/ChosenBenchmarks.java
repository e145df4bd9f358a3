package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks that the regular expressions of a command line choose, and the grid of their parameters. */
final class ChosenBenchmarks {

    private final Set<BenchmarkListEntry> entries;

    private ChosenBenchmarks(Set<BenchmarkListEntry> entries) {
        this.entries = entries;
    }

    /** @throws Fault (usage) if a regular expression is wrong or none matches */
    static ChosenBenchmarks of(Options options) {
        try {
            Set<BenchmarkListEntry> entries = BenchmarkList.defaultList().find(
                    OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT),
                    options.getIncludes(), options.getExcludes());
            if (entries.isEmpty()) {
                throw noMatch(options.getIncludes());
            }
            return new ChosenBenchmarks(entries);
        } catch (PatternSyntaxException e) {
            throw Fault.usage(e.getPattern() + " is not a regular expression: " + e.getDescription() + ".", e);
        }
    }

    private static Fault noMatch(List<String> regexps) {
        if (regexps.isEmpty()) {
            return Fault.usage("There are no benchmarks on the class path.");
        }
        List<String> commands = List.copyOf(SuiteCommands.commandLine().getSubcommands().keySet());
        String hint = Spelling.nearest(regexps.get(0), commands)
                .map(near -> " Did you mean the command " + near + "?").orElse("");
        return Fault.usage("No benchmark matches " + String.join(" ", regexps)
                + ": java -jar benchmarks.jar -l lists them." + hint);
    }

    /** The parameters that at least one of them declares. */
    Set<String> parameterNames() {
        Set<String> names = new TreeSet<>();
        entries.forEach(entry -> names.addAll(declared(entry).keySet()));
        return names;
    }

    /**
     * For every benchmark, each combination of the named parameters that it declares.
     *
     * @param names parameters to combine
     * @param given values that stand in for the declared ones
     */
    List<Map<String, String>> combinations(Set<String> names, Map<String, List<String>> given) {
        Set<Map<String, String>> all = new LinkedHashSet<>();
        for (BenchmarkListEntry entry : entries) {
            List<Map<String, String>> cells = List.of(Map.of());
            for (Map.Entry<String, String[]> parameter : declared(entry).entrySet()) {
                if (names.contains(parameter.getKey())) {
                    cells = cross(cells, parameter.getKey(),
                            given.getOrDefault(parameter.getKey(), Arrays.asList(parameter.getValue())));
                }
            }
            all.addAll(cells);
        }
        return List.copyOf(all);
    }

    private static List<Map<String, String>> cross(List<Map<String, String>> cells, String name, List<String> values) {
        List<Map<String, String>> crossed = new ArrayList<>();
        for (Map<String, String> cell : cells) {
            for (String value : values) {
                Map<String, String> next = new TreeMap<>(cell);
                next.put(name, value);
                crossed.add(next);
            }
        }
        return crossed;
    }

    private static Map<String, String[]> declared(BenchmarkListEntry entry) {
        return entry.getParams().orElse(Map.of());
    }
}
