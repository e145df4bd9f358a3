package io.notagenbench.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which benchmarks to run with which parameters.
 *
 * @param jmh            JMH's options by letter, for all entries
 * @param timeoutSeconds the longest that one cell may take
 * @param entries        what to run, in this order
 */
public record Plan(Map<String, String> jmh, @JsonProperty(required = true) int timeoutSeconds,
        @JsonProperty(required = true) List<Entry> entries) {

    /** The plans in the jar. */
    public static final List<String> SHIPPED = List.of("quick", "full");

    private static final Set<String> JMH_OPTIONS = Set.of("f", "wf", "wi", "w", "i", "r", "bm", "tu", "to", "opi");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * One benchmark.
     *
     * @param benchmark class and method
     * @param params    values that stand in for the declared ones
     * @param jmh       options that stand in for those of the plan
     */
    public record Entry(@JsonProperty(required = true) String benchmark, Map<String, List<String>> params,
            Map<String, String> jmh) {

        public Entry {
            params = params == null ? Map.of() : params;
            jmh = jmh == null ? Map.of() : jmh;
        }
    }

    public Plan {
        jmh = jmh == null ? Map.of() : jmh;
        entries = entries == null ? List.of() : List.copyOf(entries);
    }

    /**
     * @param nameOrPath one of {@link #SHIPPED}, or the path of a YAML file
     * @throws Fault (usage) if there is no such plan, or it is not one
     */
    public static Plan load(String nameOrPath) {
        try {
            return parse(nameOrPath, SHIPPED.contains(nameOrPath) ? shipped(nameOrPath) : file(nameOrPath));
        } catch (IOException e) {
            throw Fault.usage("The plan " + nameOrPath + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String shipped(String name) throws IOException {
        try (InputStream in = Plan.class.getResourceAsStream("plans/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String file(String path) throws IOException {
        if (!Files.isRegularFile(Path.of(path))) {
            throw Fault.usage("There is no plan '" + path + "': choose one of " + String.join(", ", SHIPPED)
                    + " or give the path of a YAML file.");
        }
        return Files.readString(Path.of(path));
    }

    static Plan parse(String name, String yaml) {
        Plan plan;
        try {
            plan = YAML.readValue(yaml, Plan.class);
        } catch (JsonProcessingException e) {
            throw Fault.usage("The plan " + name + " is not a plan: "
                    + e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed") + ".", e);
        }
        if (plan.entries.isEmpty() || plan.timeoutSeconds <= 0) {
            throw Fault.usage("The plan " + name + " is not a plan: it needs entries and timeoutSeconds above 0.");
        }
        Set<String> options = new LinkedHashSet<>(plan.jmh.keySet());
        plan.entries.forEach(entry -> options.addAll(entry.jmh().keySet()));
        options.removeAll(JMH_OPTIONS);
        if (!options.isEmpty()) {
            throw Fault.usage("The plan " + name + " has the JMH option " + options.iterator().next()
                    + ", which a plan cannot set: allowed is " + String.join(", ", JMH_OPTIONS.stream().sorted().toList())
                    + ".");
        }
        return plan;
    }

    /**
     * All cells, in the order of the plan.
     *
     * @param given values of the command line: they stand in for those of every entry whose benchmark has the parameter
     * @throws Fault (usage) if a benchmark is unknown, no benchmark has a given parameter, or a value is not allowed
     */
    public List<Cell> cells(Catalog catalog, Map<Parameter, List<String>> given) {
        Set<Cell> cells = new LinkedHashSet<>();
        Set<String> declaredNames = new LinkedHashSet<>();
        for (Entry entry : entries) {
            String benchmark = catalog.fullName(entry.benchmark());
            Map<String, List<String>> values = new LinkedHashMap<>(catalog.declared(benchmark));
            declaredNames.addAll(values.keySet());
            entry.params().forEach((name, list) -> {
                if (values.replace(name, list) == null) {
                    throw Fault.usage("The plan gives " + entry.benchmark() + " the parameter " + name
                            + ", which it does not take. It takes: " + String.join(", ", values.keySet()) + ".");
                }
            });
            given.forEach((parameter, list) -> values.replace(parameter.label(), list));
            values.forEach((name, list) -> Parameter.named(name).ifPresent(parameter -> list.forEach(parameter::check)));
            Map<String, String> options = new LinkedHashMap<>(jmh);
            options.putAll(entry.jmh());
            product(values).forEach(params -> cells.add(new Cell(benchmark, params, options)));
        }
        for (Parameter parameter : given.keySet()) {
            if (!declaredNames.contains(parameter.label())) {
                throw Fault.usage("No benchmark of the plan takes the parameter " + parameter.label()
                        + ". They take: " + String.join(", ", declaredNames) + ".");
            }
        }
        return List.copyOf(cells);
    }

    private static List<Map<String, String>> product(Map<String, List<String>> values) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Map.Entry<String, List<String>> parameter : values.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : all) {
                for (String value : parameter.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(shorter);
                    next.put(parameter.getKey(), value);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }
}
