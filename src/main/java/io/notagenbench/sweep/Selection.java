package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.load.LoadCell;
import io.notagenbench.params.Combinations;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Cell;
import java.time.Duration;
import java.util.Collections;
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
     * @param given   values of the command line by parameter: they replace all others of every benchmark that has the parameter
     * @param options JMH's options of the command line: they replace those of the plan
     * @throws Fault (usage) if there is no such benchmark, no benchmark takes a given parameter, or a value is not allowed
     */
    public List<Cell> cells(Catalog catalog, Map<String, List<String>> given, Map<String, String> options) {
        List<Cell> cells = plan.map(named -> named.cells(catalog, given, options)).orElseGet(() -> matching(catalog, given, options))
                .stream().distinct().toList();
        Catalog chosen = catalog.only(cells.stream().map(Cell::benchmark).toList());
        given.keySet().forEach(chosen::requireTaken);
        if (!Collections.disjoint(given.keySet(), LoadCell.DECISIVE)) {
            cells.forEach(cell -> LoadCell.fault(cell.params()).ifPresent(fault -> {
                throw fault;
            }));
        }
        if (given.containsKey(Parameter.PROMPT.label())) {
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
