package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Spelling;
import io.notagenbench.results.Cell;
import io.notagenbench.sweep.Catalog;
import io.notagenbench.sweep.JmhOption;
import io.notagenbench.sweep.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks that the regular expressions of JMH's command line choose.
 *
 * @param entries as JMH lists them
 */
record ChosenBenchmarks(Set<BenchmarkListEntry> entries) {

    /** @throws Fault (usage) if a regular expression is wrong or matches nothing, or no benchmark is left */
    static ChosenBenchmarks of(Options options) {
        Catalog all = Catalog.ofClassPath();
        options.getIncludes().forEach(regexp -> requireMatch(all, "", regexp));
        options.getExcludes().forEach(regexp -> requireMatch(all, "-e ", regexp));
        options.getWarmupIncludes().forEach(regexp -> requireMatch(all, "-wmb ", regexp));
        Set<BenchmarkListEntry> entries = BenchmarkList.defaultList().find(
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), options.getIncludes(), options.getExcludes());
        if (entries.isEmpty()) {
            throw Fault.usage(options.getExcludes().isEmpty() ? "There are no benchmarks on the class path."
                    : "-e " + String.join(",", options.getExcludes()) + " leaves no benchmark: exclude fewer.");
        }
        return new ChosenBenchmarks(entries);
    }

    /** JMH ignores one that matches nothing if another matches. */
    private static void requireMatch(Catalog all, String option, String regexp) {
        if (all.matching(regexp).isEmpty()) {
            throw Fault.usage("No benchmark matches " + option + regexp + ": java -jar benchmarks.jar -l lists them."
                    + hint(all, regexp));
        }
    }

    private static String hint(Catalog all, String word) {
        if (Plan.SHIPPED.contains(word)) {
            return " A plan is measured by java -jar benchmarks.jar sweep " + word + " -o FOLDER.";
        }
        return Spelling.nearest(word, List.copyOf(SuiteCommands.commandLine().getSubcommands().keySet()))
                .map(near -> " Did you mean the command " + near + "?").orElseGet(() -> all.hint(word));
    }

    /**
     * Checks each combination of the parameters.
     *
     * @param given values that stand in for the declared ones
     * @throws Fault as {@link Catalog#check}
     */
    void check(Map<String, List<String>> given) {
        Catalog.of(entries).check(given);
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

    /**
     * How many combinations of all its parameters a benchmark runs with.
     *
     * @param given values that stand in for the declared ones
     */
    static long cells(BenchmarkListEntry entry, Map<String, List<String>> given) {
        return Catalog.of(List.of(entry)).values(entry.getUsername(), given).values().stream().mapToLong(List::size)
                .reduce(1, (a, b) -> a * b);
    }
}
