package io.notagenbench.sweep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One benchmark method with one value for each of its parameters: what one JMH process measures.
 *
 * @param benchmark full name of the method
 * @param params    value by name, every parameter that the benchmark declares
 * @param jmh       JMH's options by letter, without the dash: {@code f}, {@code wi}, {@code w}, {@code i}, {@code r}
 */
public record Cell(String benchmark, Map<String, String> params, Map<String, String> jmh) {

    public Cell {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        jmh = Collections.unmodifiableMap(new LinkedHashMap<>(jmh));
    }

    /** The class and the method alone. */
    @JsonIgnore
    public String shortName() {
        return shortName(benchmark);
    }

    /** The last two parts of a method's full name: {@code PieceBenchmark.generate}. */
    public static String shortName(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    /** The short name and all parameters. */
    public String label() {
        return shortName() + params.entrySet().stream()
                .map(param -> " " + param.getKey() + "=" + param.getValue()).collect(Collectors.joining());
    }

    /** JMH's command line for this cell, its result in {@code result}. */
    List<String> arguments(String result) {
        List<String> arguments = new ArrayList<>();
        arguments.add("^" + benchmark.replace(".", "\\.") + "$");
        params.forEach((name, value) -> arguments.addAll(List.of("-p", name + "=" + value)));
        jmh.forEach((option, value) -> arguments.addAll(List.of("-" + option, value)));
        arguments.addAll(List.of("-rf", "json", "-rff", result));
        return arguments;
    }
}
