package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks on the class path.
 *
 * @param benchmarks for each method's full name, the declared values of its parameters
 */
public record Catalog(Map<String, Map<String, List<String>>> benchmarks) {

    public Catalog {
        benchmarks = Collections.unmodifiableMap(new TreeMap<>(benchmarks));
    }

    /** Reads JMH's own list. */
    public static Catalog ofClassPath() {
        Set<BenchmarkListEntry> entries = BenchmarkList.defaultList().getAll(
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of());
        Map<String, Map<String, List<String>>> benchmarks = new TreeMap<>();
        for (BenchmarkListEntry entry : entries) {
            Map<String, List<String>> declared = new LinkedHashMap<>();
            new TreeMap<>(entry.getParams().orElse(Map.of()))
                    .forEach((name, values) -> declared.put(name, Arrays.asList(values)));
            benchmarks.put(entry.getUsername(), declared);
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
                    ? "There is no benchmark " + name + ": java -jar benchmarks.jar -l lists them."
                    : "The benchmark " + name + " is ambiguous: it is one of " + String.join(", ", found) + ".");
        }
        return found.get(0);
    }

    /** The declared values of each parameter of a method, by its full name. */
    Map<String, List<String>> declared(String fullName) {
        return benchmarks.get(fullName);
    }
}
