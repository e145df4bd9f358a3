package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Combinations;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Spelling;
import io.notagenbench.params.TakenParameters;
import io.notagenbench.results.BenchmarkNames;
import io.notagenbench.results.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Benchmarks and what they declare: those on the class path, or some of them.
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
        return of(BenchmarkList.defaultList().getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT),
                List.of()));
    }

    /** Benchmarks as JMH lists them. */
    public static Catalog of(Collection<BenchmarkListEntry> entries) {
        Map<String, Declared> benchmarks = new TreeMap<>();
        for (BenchmarkListEntry entry : entries) {
            Map<String, List<String>> params = new LinkedHashMap<>();
            new TreeMap<>(entry.getParams().orElse(Map.of()))
                    .forEach((name, values) -> params.put(name, Arrays.asList(values)));
            benchmarks.put(entry.getUsername(), new Declared(params, entry.getForks().orElse(Defaults.MEASUREMENT_FORKS)));
        }
        return new Catalog(benchmarks);
    }

    /** Some of these benchmarks, by their full names. */
    Catalog only(Collection<String> fullNames) {
        Map<String, Declared> some = new TreeMap<>(benchmarks);
        some.keySet().retainAll(fullNames);
        return new Catalog(some);
    }

    /**
     * The full name of the method that ends with {@code name}.
     *
     * @throws Fault (usage) if there is none, or more than one
     */
    String fullName(String name) {
        Predicate<String> asked = full -> full.equals(name) || full.endsWith("." + name);
        List<String> found = benchmarks.keySet().stream().filter(asked).toList();
        if (found.size() != 1) {
            throw Fault.usage(found.isEmpty()
                    ? "there is no benchmark " + name + "." + hint(name, asked, methods()) + " java -jar benchmarks.jar -l lists them."
                    : "the benchmark " + name + " is ambiguous: it is one of " + String.join(", ", found) + ".");
        }
        return found.get(0);
    }

    /**
     * The full names of the methods in which a regular expression is found, as JMH does it.
     *
     * @throws Fault (usage) if it is not a regular expression
     */
    public Set<String> matching(String regexp) {
        try {
            return benchmarks.keySet().stream().filter(Pattern.compile(regexp).asPredicate())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (PatternSyntaxException e) {
            throw Fault.usage(regexp + " is not a regular expression: " + e.getDescription() + ".", e);
        }
    }

    /**
     * What somebody may have meant whose regular expression matches nothing.
     *
     * @return a sentence, a blank in front; empty where nothing is similar
     */
    public String hint(String regexp) {
        Set<String> names = methods();
        names.addAll(methods().stream().map(method -> method.substring(0, method.indexOf('.'))).toList());
        return names.stream().filter(known -> known.replace("Benchmark", "").equalsIgnoreCase(regexp)).findFirst()
                .map(known -> " Did you mean " + known + "?")
                .orElseGet(() -> hint(regexp, Pattern.compile(regexp).asPredicate(), names));
    }

    /** Prefers the present name of a benchmark that was renamed. */
    private static String hint(String name, Predicate<String> asked, Collection<String> known) {
        String renamed = BenchmarkNames.hint(asked);
        return renamed.isEmpty() ? Spelling.hint(name, known) : renamed;
    }

    private Set<String> methods() {
        return benchmarks.keySet().stream().map(Cell::shortName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @throws Fault (usage) if none of the benchmarks takes a parameter of this name */
    public void requireTaken(String parameter) {
        Set<String> names = benchmarks.values().stream().flatMap(declared -> declared.params().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        boolean several = benchmarks.size() > 1;
        new TakenParameters(several ? "The chosen benchmarks" : Cell.shortName(benchmarks.keySet().iterator().next()), several,
                List.copyOf(names)).require(parameter);
    }

    /**
     * The values of each parameter of a benchmark.
     *
     * @param given values by parameter, which replace the declared ones
     */
    public Map<String, List<String>> values(String fullName, Map<String, List<String>> given) {
        Map<String, List<String>> values = new LinkedHashMap<>(benchmarks.get(fullName).params());
        values.replaceAll((name, declared) -> given.getOrDefault(name, declared));
        return values;
    }

    /**
     * Checks a run of all these benchmarks.
     *
     * @param given values by parameter, which replace the declared ones
     * @throws Fault (usage) if no benchmark takes a parameter, a value is not allowed or a combination cannot run, (failed) if
     *               this machine or build lacks something for one
     */
    public void check(Map<String, List<String>> given) {
        given.forEach((name, values) -> {
            requireTaken(name);
            Parameter.named(name).ifPresent(parameter -> parameter.check(values));
        });
        CellCheck check = new CellCheck();
        List<Map<String, String>> cells = new ArrayList<>();
        for (String benchmark : benchmarks.keySet()) {
            Map<String, List<String>> decisive = values(benchmark, given);
            decisive.keySet().retainAll(CellCheck.DECISIVE);
            List<Map<String, String>> ofBenchmark = Combinations.of(decisive);
            ofBenchmark.forEach(params -> check.require(benchmark, params));
            cells.addAll(ofBenchmark);
        }
        if (given.containsKey(Parameter.PROMPT.label())) {
            CellCheck.requireUseOfPrompt(cells);
        }
    }

    /**
     * A cell of a benchmark.
     *
     * @param options JMH's by letter; the declared number of forks is added if there is none, since rounds follow from it
     */
    Cell cell(String fullName, Map<String, String> params, Map<String, String> options) {
        Map<String, String> jmh = new LinkedHashMap<>(options);
        jmh.putIfAbsent(Cell.FORKS, String.valueOf(benchmarks.get(fullName).forks()));
        return new Cell(fullName, params, jmh);
    }
}
