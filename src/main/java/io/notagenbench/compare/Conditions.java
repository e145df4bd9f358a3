package io.notagenbench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.params.Parameter;
import io.notagenbench.sweep.CellRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be alike for two times to be comparable: machine, JDK, JMH, engines, flags, the bytes of the model, and how
 * long JMH warmed up and measured. Not the commit of the suite, which a comparison is often about, nor what changes by
 * itself: the time, the load, the free memory; nor what only names a machine.
 *
 * @param values value by key
 */
record Conditions(Map<String, String> values) {

    private static final Set<String> OF_A_RUN = Set.of("jmh", "engines", "jvmFlags");
    private static final Set<String> NOT_OF_A_HOST = Set.of("availableBytes", "name");
    /** More forks are more of the same. */
    private static final Set<String> NUMBER_OF_FORKS = Set.of("f", "wf");

    Conditions {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * @param environment of the run, missing where it is not known
     * @param row         what was measured
     */
    static Conditions of(JsonNode environment, CellRow row) {
        Map<String, String> values = new TreeMap<>();
        OF_A_RUN.forEach(key -> put(values, key, environment.path(key)));
        environment.path("host").properties().stream().filter(fact -> !NOT_OF_A_HOST.contains(fact.getKey()))
                .forEach(fact -> put(values, "host." + fact.getKey(), fact.getValue()));
        String model = row.params().get(Parameter.MODEL.label());
        if (model != null) {
            put(values, "models." + model, environment.path("models").path(model));
        }
        row.cell().jmh().forEach((option, value) -> {
            if (!NUMBER_OF_FORKS.contains(option)) {
                values.put("option -" + option, value);
            }
        });
        return new Conditions(values);
    }

    private static void put(Map<String, String> values, String key, JsonNode node) {
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            values.put(key, String.join(", ", items));
        } else if (!node.isMissingNode() && !node.isNull()) {
            values.put(key, node.asText());
        }
    }

    /** The keys whose values differ. */
    Set<String> differences(Conditions other) {
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(other.values.keySet());
        keys.removeIf(key -> Objects.equals(values.get(key), other.values.get(key)));
        return keys;
    }

    /** The value of a key, in words also where there is none. */
    String value(String key) {
        String value = values.getOrDefault(key, "not known");
        return value.isEmpty() ? "none" : value;
    }
}
