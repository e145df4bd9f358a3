package io.notagenbench.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a time may depend on: machine, JDK, commit, JMH, engines, flags, environment variables and the bytes of the models;
 * not what changes by itself, as the time, the load and the free memory do.
 *
 * @param values value by key
 */
public record Surroundings(Map<String, String> values) {

    private static final Set<String> PLAIN = Set.of("suite", "commit", "jmh", "engines", "jvmFlags");
    private static final Set<String> NESTED = Set.of("host", "models", "variables");
    private static final Set<String> CHANGING = Set.of("host.availableBytes");

    private static final String HOST = "host.";
    /** A kernel keeps some of the memory for itself, and another version of it some more. */
    private static final Set<String> SIZES = Set.of(HOST + "memoryBytes", HOST + "memoryLimitBytes");
    private static final double SIZE_TOLERANCE = 0.05;

    public Surroundings {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** @param environment as a run has written it, missing where it is not known */
    public static Surroundings of(JsonNode environment) {
        Map<String, String> values = new TreeMap<>();
        PLAIN.forEach(key -> put(values, key, environment.path(key)));
        NESTED.forEach(key -> environment.path(key).properties()
                .forEach(fact -> put(values, key + "." + fact.getKey(), fact.getValue())));
        values.keySet().removeAll(CHANGING);
        return new Surroundings(values);
    }

    private static void put(Map<String, String> values, String key, JsonNode node) {
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            values.put(key, String.join(", ", items));
        } else if (node.isNull()) {
            values.put(key, "");
        } else if (!node.isMissingNode()) {
            values.put(key, node.asText());
        }
    }

    /** The keys whose values differ. */
    public Set<String> differences(Surroundings other) {
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(other.values.keySet());
        keys.removeIf(key -> isLike(key, values.get(key), other.values.get(key)));
        return keys;
    }

    private static boolean isLike(String key, String one, String other) {
        if (Objects.equals(one, other)) {
            return true;
        }
        if (one == null || other == null) {
            // earlier versions of the suite asked less of a host
            return key.startsWith(HOST);
        }
        return SIZES.contains(key) && isSize(one) && isSize(other)
                && Math.abs(Long.parseLong(one) - Long.parseLong(other)) <= SIZE_TOLERANCE * Long.parseLong(one);
    }

    private static boolean isSize(String value) {
        return value.matches("\\d{1,18}");
    }

    /** The value of a key, in words also where there is none. */
    public String value(String key) {
        String value = values.getOrDefault(key, "not known");
        return value.isEmpty() ? "none" : value;
    }
}
