package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Spelling;
import io.notagenbench.results.BenchmarkNames;
import io.notagenbench.results.Cell;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks on the class path.
 *
 * @param benchmarks for each method's full name, what it declares
 */
public record Catalog(Map<String, Declared> benchmarks) {

    /**
     * What a benchmark method declares.
     *
     * @param params values by parameter
     * @param forks  processes that measure it
     */
    public record Declared(Map<String, List<String>> params, int forks) {
    }

    public Catalog {
        benchmarks = Collections.unmodifiableMap(new TreeMap<>(benchmarks));
    }

    /** Reads JMH's own list. */
    public static Catalog ofClassPath() {
        Set<BenchmarkListEntry> entries = BenchmarkList.defaultList().getAll(
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of());
        Map<String, Declared> benchmarks = new TreeMap<>();
        for (BenchmarkListEntry entry : entries) {
            Map<String, List<String>> params = new LinkedHashMap<>();
            new TreeMap<>(entry.getParams().orElse(Map.of()))
                    .forEach((name, values) -> params.put(name, Arrays.asList(values)));
            benchmarks.put(entry.getUsername(), new Declared(params, entry.getForks().orElse(Defaults.MEASUREMENT_FORKS)));
        }
        return new Catalog(benchmarks);
    }

    /**
     * The full name of the method that ends with {@code name}.
     *
     * @throws Fault (usage) if there is none, or more than one
     */
    String fullName(String name) {
        List<String> found = benchmarks.keySet().stream()
                .filter(full -> full.equals(name) || full.endsWith("." + name)).toList();
        if (found.size() != 1) {
            throw Fault.usage(found.isEmpty()
                    ? "there is no benchmark " + name + "." + hint(name) + " java -jar benchmarks.jar -l lists them."
                    : "the benchmark " + name + " is ambiguous: it is one of " + String.join(", ", found) + ".");
        }
        return found.get(0);
    }

    private String hint(String name) {
        String renamed = BenchmarkNames.hint(old -> old.equals(name) || old.endsWith("." + name));
        if (!renamed.isEmpty()) {
            return renamed;
        }
        List<String> known = benchmarks.keySet().stream().map(Cell::shortName).toList();
        return Spelling.nearest(name, known).map(near -> " Did you mean " + near + "?").orElse("");
    }

    /**
     * The full names of the methods in which a regular expression is found, as on JMH's own command line.
     *
     * @throws Fault (usage) if it is none, or found in no name
     */
    List<String> matching(String regexp) {
        try {
            Pattern pattern = Pattern.compile(regexp);
            List<String> found = benchmarks.keySet().stream().filter(name -> pattern.matcher(name).find()).toList();
            if (found.isEmpty()) {
                throw Fault.usage("'" + regexp + "' is neither a plan nor part of a benchmark's name." + BenchmarkNames.hint(pattern.asPredicate())
                        + " Plans are " + String.join(", ", Plan.SHIPPED) + " and YAML files; java -jar benchmarks.jar -l lists the benchmarks.");
            }
            return found;
        } catch (PatternSyntaxException e) {
            throw Fault.usage(regexp + " is not a regular expression: " + e.getDescription() + ".", e);
        }
    }

    /** The declared values of each parameter of a method, by its full name. */
    Map<String, List<String>> declared(String fullName) {
        return benchmarks.get(fullName).params();
    }

    /** How many forks a method asks for, by its full name. */
    int forks(String fullName) {
        return benchmarks.get(fullName).forks();
    }
}
