package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Spelling;
import io.notagenbench.results.BenchmarkNames;
import io.notagenbench.results.Cell;
import io.notagenbench.sweep.JmhOption;
import io.notagenbench.sweep.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Threads;
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

    /** @throws Fault (usage) if a regular expression is wrong or matches nothing, or nothing is left */
    static ChosenBenchmarks of(Options options) {
        try {
            options.getIncludes().forEach(regexp -> requireMatch("", regexp));
            options.getExcludes().forEach(regexp -> requireMatch("-e ", regexp));
            options.getWarmupIncludes().forEach(regexp -> requireMatch("-wmb ", regexp));
            Set<BenchmarkListEntry> entries = find(options.getIncludes(), options.getExcludes());
            if (entries.isEmpty()) {
                throw Fault.usage(options.getExcludes().isEmpty() ? "There are no benchmarks on the class path."
                        : "-e " + String.join(",", options.getExcludes()) + " leaves no benchmark: exclude fewer.");
            }
            return new ChosenBenchmarks(entries);
        } catch (PatternSyntaxException e) {
            throw Fault.usage(e.getPattern() + " is not a regular expression: " + e.getDescription() + ".", e);
        }
    }

    private static Set<BenchmarkListEntry> find(List<String> includes, List<String> excludes) {
        return BenchmarkList.defaultList().find(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT),
                includes, excludes);
    }

    /** JMH passes over one that matches nothing where another does. */
    private static void requireMatch(String option, String regexp) {
        if (find(List.of(regexp), List.of()).isEmpty()) {
            throw Fault.usage("No benchmark matches " + option + regexp + ": java -jar benchmarks.jar -l lists them."
                    + hint(regexp));
        }
    }

    private static String hint(String word) {
        String renamed = BenchmarkNames.hint(Pattern.compile(word).asPredicate());
        if (!renamed.isEmpty()) {
            return renamed;
        }
        if (Plan.SHIPPED.contains(word)) {
            return " A plan is measured by java -jar benchmarks.jar sweep " + word + " -o FOLDER.";
        }
        List<String> commands = List.copyOf(SuiteCommands.commandLine().getSubcommands().keySet());
        Set<String> names = new TreeSet<>();
        for (BenchmarkListEntry entry : find(List.of(), List.of())) {
            String name = Cell.shortName(entry.getUsername());
            names.add(name);
            names.add(name.substring(0, name.indexOf('.')));
        }
        return Spelling.nearest(word, commands).map(near -> " Did you mean the command " + near + "?")
                .or(() -> names.stream().filter(name -> name.replace("Benchmark", "").equalsIgnoreCase(word)).findFirst()
                        .or(() -> Spelling.nearest(word, List.copyOf(names))).map(near -> " Did you mean " + near + "?"))
                .orElse("");
    }

    /** @throws Fault (usage) if the options or a benchmark ask for more than one thread of JMH */
    void requireOneThread(Options options) {
        int[] groups = options.getThreadGroups().orElse(new int[0]);
        if (Arrays.stream(groups).sum() > 1) {
            throw JmhOption.severalThreads("JMH's -tg " + Arrays.stream(groups).mapToObj(String::valueOf)
                    .collect(Collectors.joining(",")));
        }
        if (options.getThreads().hasValue()) {
            int threads = options.getThreads().get();
            if (threads != 1) {
                throw JmhOption.severalThreads("JMH's -t " + (threads == Threads.MAX ? "max" : threads));
            }
        }
        for (BenchmarkListEntry entry : entries) {
            if (!options.getThreads().hasValue() && entry.getThreads().orElse(1) != 1 || Arrays.stream(entry.getThreadGroups()).sum() > 1) {
                throw JmhOption.severalThreads("More than one thread, as " + Cell.shortName(entry.getUsername()) + " declares,");
            }
        }
    }

    /** The parameters that at least one of them declares. */
    Set<String> parameterNames() {
        Set<String> names = new TreeSet<>();
        entries.forEach(entry -> names.addAll(declared(entry).keySet()));
        return names;
    }

    Set<BenchmarkListEntry> entries() {
        return entries;
    }

    /**
     * How many combinations of all its parameters a benchmark runs with.
     *
     * @param given values that stand in for the declared ones
     */
    static long cells(BenchmarkListEntry entry, Map<String, List<String>> given) {
        return declared(entry).entrySet().stream()
                .mapToLong(parameter -> given.getOrDefault(parameter.getKey(), Arrays.asList(parameter.getValue())).size())
                .reduce(1, (a, b) -> a * b);
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
