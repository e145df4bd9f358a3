package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Combinations;
import io.notagenbench.params.Parameter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The combinations of values that one entry of a plan asks of one benchmark.
 *
 * @param place     where the benchmark is named
 * @param catalog   knows its parameters, with their own values
 * @param benchmark its full name
 * @param entry     what the plan says
 */
record Grid(PlanNode place, Catalog catalog, String benchmark, Plan.Entry entry) {

    /**
     * @param given values of the command line, which replace all others
     * @throws Fault (usage) with the line if there is no such parameter or value, or no combination is left
     */
    List<Map<String, String>> cells(Map<String, List<String>> given) {
        Map<String, List<String>> values = new LinkedHashMap<>(catalog.values(benchmark, Map.of()));
        values.putAll(checked(entry.params()));
        List<Map<String, List<String>>> tuples = entry.linked().stream().map(this::checked).toList();
        requireSameNames(tuples);
        List<Map<String, List<String>>> excluded = entry.exclude().stream().map(this::checked).toList();
        Set<Map<String, String>> cells = combined(values, tuples, given);
        requireExclusions(tuples, values, excluded);
        cells.removeIf(cell -> excluded.stream().anyMatch(combination -> holds(combination, cell)));
        if (cells.isEmpty()) {
            throw place.fault("nothing is left of " + place.text() + ": its exclusions leave every combination out.");
        }
        return List.copyOf(cells);
    }

    private static Set<Map<String, String>> combined(Map<String, List<String>> values, List<Map<String, List<String>>> tuples,
            Map<String, List<String>> given) {
        Set<Map<String, String>> cells = new LinkedHashSet<>();
        for (Map<String, List<String>> tuple : tuples.isEmpty() ? List.of(Map.<String, List<String>>of()) : tuples) {
            Map<String, List<String>> linked = new LinkedHashMap<>(values);
            linked.putAll(tuple);
            linked.replaceAll((name, planned) -> given.getOrDefault(name, planned));
            cells.addAll(Combinations.of(linked));
        }
        return cells;
    }

    private static boolean holds(Map<String, List<String>> combination, Map<String, String> cell) {
        return combination.entrySet().stream().allMatch(value -> value.getValue().contains(cell.get(value.getKey())));
    }

    /** An exclusion that leaves nothing out is a mistake in the plan, unless values of the command line made it useless. */
    private void requireExclusions(List<Map<String, List<String>>> tuples, Map<String, List<String>> values,
            List<Map<String, List<String>>> excluded) {
        Set<Map<String, String>> own = combined(values, tuples, Map.of());
        for (int i = 0; i < excluded.size(); i++) {
            Map<String, List<String>> combination = excluded.get(i);
            if (own.stream().noneMatch(cell -> holds(combination, cell))) {
                throw entry.exclude().get(i).values().iterator().next().fault("this exclusion leaves nothing out of " + place.text()
                        + ", which has " + combination.keySet().stream().map(name -> name + "=" + own.stream()
                        .map(cell -> cell.get(name)).distinct().collect(Collectors.joining(","))).collect(Collectors.joining(" "))
                        + " here.");
            }
        }
    }

    private Map<String, List<String>> checked(Map<String, PlanNode> params) {
        Map<String, List<String>> checked = new LinkedHashMap<>();
        params.forEach((name, node) -> {
            List<String> values = node.values();
            checked.put(name, node.located(() -> {
                catalog.only(Set.of(benchmark)).requireTaken(name);
                Parameter.named(name).ifPresent(parameter -> parameter.check(values));
                return values;
            }));
        });
        return checked;
    }

    private void requireSameNames(List<Map<String, List<String>>> tuples) {
        for (int i = 1; i < tuples.size(); i++) {
            if (!tuples.get(i).keySet().equals(tuples.get(0).keySet())) {
                throw entry.linked().get(i).values().iterator().next().fault("linked values have the same parameters in every "
                        + "tuple: " + String.join(", ", tuples.get(0).keySet()) + ".");
            }
        }
    }
}
