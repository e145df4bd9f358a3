package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Combinations;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Cell;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a sweep measures: a plan, or the benchmarks that regular expressions choose.
 *
 * @param plan    empty where there are regular expressions
 * @param regexps at least one where there is no plan
 */
public record Selection(Optional<Plan> plan, List<String> regexps) {

    /** The plan of a sweep that names none. */
    public static final String DEFAULT_PLAN = "quick";

    /**
     * @param plan  what {@code --plan} names; null if it was not given
     * @param words the others of the command line: a plan, or regular expressions; the {@value #DEFAULT_PLAN} plan if there is nothing
     * @throws Fault (usage) if there is more than one plan, a plan beside regular expressions, or something is wrong with a plan
     */
    public static Selection of(String plan, List<String> words) {
        if (plan != null && words.isEmpty()) {
            return new Selection(Optional.of(Plan.load(plan)), List.of());
        }
        if (plan == null && words.size() <= 1 && words.stream().allMatch(Plan::isNamed)) {
            return new Selection(Optional.of(Plan.load(words.isEmpty() ? DEFAULT_PLAN : words.get(0))), List.of());
        }
        if (plan != null || words.stream().anyMatch(Plan::isNamed)) {
            throw Fault.usage("A sweep has one plan, or regular expressions of benchmarks: choose one of "
                    + (plan == null ? "" : plan + " ") + String.join(" ", words) + ".");
        }
        return new Selection(Optional.empty(), List.copyOf(words));
    }

    /** The name that the user gave. */
    public String name() {
        return plan.map(Plan::name).orElseGet(() -> String.join(" ", regexps));
    }

    /** The longest that one fork may take. */
    public int timeoutSeconds() {
        return plan.map(Plan::timeoutSeconds).orElse(Plan.DEFAULT_TIMEOUT_SECONDS);
    }

    /** Time that forks may take in all; empty where the cells say how many there are. */
    public Optional<Duration> budget() {
        return plan.flatMap(Plan::budget);
    }

    /** Whether the drift of the machine is measured. */
    public boolean ruler() {
        return plan.map(Plan::ruler).orElse(true);
    }

    /**
     * All cells, in the order of the plan or of the benchmarks' names.
     *
     * @param given   values of the command line: they replace all others of every benchmark that has the parameter
     * @param options JMH's options of the command line: they replace those of the plan
     * @throws Fault (usage) if there is no such benchmark, no benchmark takes a given parameter, or a value is not allowed
     */
    public List<Cell> cells(Catalog catalog, Map<Parameter, List<String>> given, Map<String, String> options) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        given.forEach((parameter, list) -> values.put(parameter.label(), list));
        List<Cell> cells = plan.map(named -> named.cells(catalog, values, options)).orElseGet(() -> matching(catalog, values, options))
                .stream().distinct().toList();
        Catalog chosen = catalog.only(cells.stream().map(Cell::benchmark).toList());
        values.keySet().forEach(chosen::requireTaken);
        if (given.containsKey(Parameter.PROMPT)) {
            CellCheck.requireUseOfPrompt(cells.stream().map(Cell::params).toList());
        }
        return cells;
    }

    private List<Cell> matching(Catalog catalog, Map<String, List<String>> given, Map<String, String> options) {
        Set<String> benchmarks = regexps.stream().flatMap(regexp -> matching(catalog, regexp).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return benchmarks.stream().flatMap(benchmark -> Combinations.of(catalog.values(benchmark, given)).stream()
                .map(params -> catalog.cell(benchmark, params, options))).toList();
    }

    private static Set<String> matching(Catalog catalog, String regexp) {
        Set<String> found = catalog.matching(regexp);
        if (found.isEmpty()) {
            throw Fault.usage("'" + regexp + "' is neither a plan nor part of a benchmark's name." + catalog.hint(regexp) + " Plans are "
                    + String.join(", ", Plan.SHIPPED) + " and YAML files; java -jar benchmarks.jar -l lists the benchmarks.");
        }
        return found;
    }
}
