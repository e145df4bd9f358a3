package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.notagenbench.params.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One benchmark method with one value for each of its parameters: what one JMH process measures.
 *
 * @param benchmark full name of the method
 * @param params    value by name, every parameter that the benchmark declares
 * @param jmh       JMH's options by letter, without the dash: {@code f}, {@code wi}, {@code w}, {@code i}, {@code r}; {@code prof}
 *                  holds profilers with blanks between them
 */
public record Cell(String benchmark, Map<String, String> params, Map<String, String> jmh) {

    public static final String FORKS = "f";
    public static final String PROFILERS = "prof";

    private static final Set<String> COMPARED = Stream.of(Parameter.BACKEND, Parameter.DECODING, Parameter.CONTEXT)
            .map(Parameter::label).collect(Collectors.toUnmodifiableSet());

    public Cell {
        benchmark = BenchmarkNames.current(benchmark);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        jmh = Collections.unmodifiableMap(new LinkedHashMap<>(jmh));
    }

    /** The same with another value of a parameter. */
    public Cell with(Parameter parameter, String value) {
        Map<String, String> other = new LinkedHashMap<>(params);
        other.put(parameter.label(), value);
        return new Cell(benchmark, other, jmh);
    }

    /** The class and the method alone. */
    @JsonIgnore
    public String shortName() {
        return shortName(benchmark);
    }

    /** The last two parts of a method's full name: {@code FullPieceBenchmark.generate}. */
    public static String shortName(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    /** The short name and the parameters that tell this cell from others. */
    public String label() {
        String settings = settings(Set.of());
        return settings.isEmpty() ? shortName() : shortName() + " " + settings;
    }

    /**
     * The parameters that are not at their defaults, and those that are compared in any case.
     *
     * @param without names that are left out
     */
    public String settings(Set<String> without) {
        return params.entrySet().stream()
                .filter(param -> !without.contains(param.getKey()))
                .filter(param -> COMPARED.contains(param.getKey()) || !isDefault(param.getKey(), param.getValue()))
                .map(param -> param.getKey() + "=" + param.getValue()).collect(Collectors.joining(" "));
    }

    /**
     * Those of a cell's parameters that are not at their defaults: what makes it this cell. A run of an earlier build does not name a parameter
     * that came later, and did what its default does.
     */
    public static Map<String, String> chosen(Map<String, String> params) {
        Map<String, String> chosen = new LinkedHashMap<>(params);
        chosen.entrySet().removeIf(param -> isDefault(param.getKey(), param.getValue()));
        return chosen;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell that && benchmark.equals(that.benchmark) && chosen(params).equals(chosen(that.params))
                && jmh.equals(that.jmh);
    }

    @Override
    public int hashCode() {
        return Objects.hash(benchmark, chosen(params), jmh);
    }

    private static boolean isDefault(String name, String value) {
        return Parameter.named(name).map(parameter -> parameter.defaultValue().equals(value)).orElse(false);
    }

    /** Processes that measure it, one after the other; one also where JMH is told to fork none. */
    @JsonIgnore
    public int forks() {
        return Math.max(1, Integer.parseInt(jmh.getOrDefault(FORKS, "1")));
    }

    /** What {@code -prof} asks for. */
    @JsonIgnore
    public List<String> profilers() {
        return jmh.containsKey(PROFILERS) ? List.of(jmh.get(PROFILERS).split(" ")) : List.of();
    }
}
