package io.notagenbench.params;

import io.notagenbench.fault.Fault;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A checked value for every {@link Parameter}: the given one, or its default. Immutable. */
public final class Parameters {

    private static final Parameters DEFAULTS = new Parameters(new EnumMap<>(Parameter.class));

    private final Map<Parameter, String> given;

    private Parameters(Map<Parameter, String> given) {
        this.given = Collections.unmodifiableMap(given);
    }

    /** Every parameter at its default. */
    public static Parameters defaults() {
        return DEFAULTS;
    }

    /**
     * Reads the repeated {@code -p name=value} of a command that runs one thing.
     *
     * @throws Fault (usage) if a name is unknown or given twice, or a value is not allowed or a list
     */
    public static Parameters parse(List<String> assignments) {
        Parameters parameters = DEFAULTS;
        for (Map.Entry<Parameter, List<String>> entry : parseLists(assignments).entrySet()) {
            parameters = parameters.with(entry.getKey(), single(entry.getKey(), entry.getValue()));
        }
        return parameters;
    }

    /**
     * Reads the repeated {@code -p name=a,b} of a sweep: the values of each parameter, in their order.
     *
     * @throws Fault (usage) if a name is unknown or given twice, or a value is not allowed
     */
    public static Map<Parameter, List<String>> parseLists(List<String> assignments) {
        Map<Parameter, List<String>> lists = new LinkedHashMap<>();
        for (String text : assignments) {
            Assignment assignment = Assignment.parse(text);
            Parameter parameter = Parameter.of(assignment.name());
            parameter.check(assignment.values());
            if (lists.put(parameter, assignment.values()) != null) {
                throw twice(parameter.label());
            }
        }
        return lists;
    }

    /** The fault of a parameter that is given twice. */
    public static Fault twice(String name) {
        return Fault.usage("-p " + name + " is given twice: give it once.");
    }

    /**
     * The only value of a list.
     *
     * @throws Fault (usage) if there are more
     */
    public static String single(Parameter parameter, List<String> values) {
        if (values.size() != 1) {
            throw Fault.usage("-p " + parameter.label() + "=" + String.join(",", values)
                    + " is a list, and this command runs one thing: give one value, or sweep it with the benchmarks."
                    + parameter.hint(values));
        }
        return values.get(0);
    }

    /**
     * The values of a cell by name. Names that are not in the registry are ignored, since a benchmark may have its own
     * parameters.
     */
    public static Parameters of(Map<String, String> values) {
        Map<Parameter, String> known = new EnumMap<>(Parameter.class);
        values.forEach((name, value) -> Parameter.named(name).ifPresent(parameter -> known.put(parameter, value)));
        return DEFAULTS.with(known);
    }

    /** A copy in which some parameters have other values; {@link Fault} (usage) if one is not allowed. */
    public Parameters with(Map<Parameter, String> values) {
        values.forEach(Parameter::check);
        Map<Parameter, String> copy = new EnumMap<>(Parameter.class);
        copy.putAll(given);
        copy.putAll(values);
        return new Parameters(copy);
    }

    /** A copy in which {@code parameter} has {@code value}; {@link Fault} (usage) if it is not allowed. */
    public Parameters with(Parameter parameter, String value) {
        return with(Map.of(parameter, value));
    }

    /** Whether the value was given, even if it equals the default. */
    public boolean isGiven(Parameter parameter) {
        return given.containsKey(parameter);
    }

    /** The value as it is spelled. */
    public String text(Parameter parameter) {
        return given.getOrDefault(parameter, parameter.defaultValue());
    }

    /**
     * The value of {@code patchLength}, {@code context}, {@code topK}, {@code patches}, {@code threads}, {@code batch},
     * {@code pieces} or {@code buffer}.
     */
    public int whole(Parameter parameter) {
        return Integer.parseInt(text(parameter));
    }

    /** The value of {@code temperature}, {@code topP} or {@code timeLimit}. */
    public double decimal(Parameter parameter) {
        return Double.parseDouble(text(parameter));
    }

    /** The seed, an unsigned number of 32 bits. */
    public long seed() {
        return Long.parseLong(text(Parameter.SEED));
    }

    /** Every parameter's name and value, in the order of the registry. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (Parameter parameter : Parameter.values()) {
            map.put(parameter.label(), text(parameter));
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && asMap().equals(that.asMap());
    }

    @Override
    public int hashCode() {
        return asMap().hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
