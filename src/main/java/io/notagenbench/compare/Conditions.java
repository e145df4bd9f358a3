package io.notagenbench.compare;

import io.notagenbench.params.Parameter;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Environment;
import io.notagenbench.results.Surroundings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must be alike for two times to be comparable: machine, JDK, JMH, engines, flags and environment variables, the bytes
 * of the model, and how long JMH warmed up and measured. Not the commit of the suite, which a comparison is often about, nor what changes by
 * itself: the time, the load, the free memory; nor what only names a machine.
 *
 * @param values value by key
 */
record Conditions(Map<String, String> values) {

    private static final Set<String> NOT_COMPARED = Set.of("suite", "commit", "host.name");
    private static final String MODELS = "models.";
    /** Options in which two sides may differ: more forks are more samples of the same. */
    private static final Set<String> NUMBER_OF_FORKS = Set.of("f", "wf");
    private static final String MIXED = " | ";

    Conditions {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * @param environments that the forks of a row ran under; where they differ in something, their values are joined, which
     *                     equals none of them
     * @param row          what was measured
     */
    static Conditions of(List<Environment> environments, CellRow row) {
        String model = MODELS + row.params().get(Parameter.MODEL.label());
        List<Surroundings> all = environments.stream().map(Environment::surroundings).toList();
        Map<String, String> values = new TreeMap<>();
        all.stream().flatMap(surroundings -> surroundings.values().keySet().stream())
                .filter(key -> !NOT_COMPARED.contains(key) && (!key.startsWith(MODELS) || key.equals(model)))
                .forEach(key -> values.put(key, all.stream().map(surroundings -> all.size() == 1 ? surroundings.values().get(key)
                        : surroundings.value(key)).distinct().collect(Collectors.joining(MIXED))));
        row.cell().jmh().forEach((option, value) -> {
            if (!NUMBER_OF_FORKS.contains(option)) {
                values.put("option -" + option, value);
            }
        });
        return new Conditions(values);
    }

    /** The keys whose values differ. */
    Set<String> differences(Conditions other) {
        return new Surroundings(values).differences(new Surroundings(other.values));
    }

    /** The value of a key, in words also where there is none. */
    String value(String key) {
        return new Surroundings(values).value(key);
    }
}
