package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Assignment;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code -p name=value}, as JMH has it, with the parameters that a command takes and its own defaults; mixed into a command
 * under the name {@value #NAME}. What it does not take is refused.
 */
final class ParameterOptions {

    /** Of the mixin. */
    static final String NAME = "parameters";

    @Option(names = "-p", paramLabel = "name=value", description = "Sets a parameter; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private final List<Parameter> taken;
    private final Map<Parameter, List<String>> defaults = new EnumMap<>(Parameter.class);
    private final Map<Parameter, String> shown = new EnumMap<>(Parameter.class);
    private final Map<Parameter, String> instead = new EnumMap<>(Parameter.class);
    private boolean ofBenchmarks;

    private ParameterOptions(Collection<Parameter> taken) {
        this.taken = List.copyOf(taken);
    }

    static ParameterOptions of(Parameter... taken) {
        return new ParameterOptions(Arrays.asList(taken));
    }

    /** All that there are but a few. */
    static ParameterOptions without(Parameter... refused) {
        List<Parameter> taken = new ArrayList<>(Arrays.asList(Parameter.values()));
        taken.removeAll(Arrays.asList(refused));
        return new ParameterOptions(taken);
    }

    /** Those of any benchmark, which has its own defaults and says itself what it takes. */
    static ParameterOptions forBenchmarks() {
        ParameterOptions options = without();
        options.ofBenchmarks = true;
        return options;
    }

    boolean ofBenchmarks() {
        return ofBenchmarks;
    }

    /** What a parameter is here that is not given. */
    ParameterOptions withDefault(Parameter parameter, String... values) {
        defaults.put(parameter, List.of(values));
        return this;
    }

    /** What the help shows as the default of a parameter that means something else where it is not given. */
    ParameterOptions showing(Parameter parameter, String text) {
        shown.put(parameter, text);
        return this;
    }

    /** What to do instead of giving parameters that are not taken. */
    ParameterOptions instead(String advice, Collection<Parameter> refused) {
        refused.forEach(parameter -> instead.put(parameter, advice));
        return this;
    }

    /** The parameters with their defaults, in the order of the registry. */
    Map<Parameter, String> table() {
        Map<Parameter, String> table = new EnumMap<>(Parameter.class);
        taken.forEach(parameter -> table.put(parameter, shown.getOrDefault(parameter,
                String.join(",", defaults.getOrDefault(parameter, List.of(parameter.defaultValue()))))));
        return table;
    }

    /** One value for each parameter. */
    Parameters single() {
        return single(lists());
    }

    /** As {@link #single()}, where the command takes only some of its parameters. */
    Parameters single(Collection<Parameter> possible) {
        return single(lists(possible));
    }

    /** As {@link #single()}, where the command takes lists of some of its parameters, which are left out. */
    Parameters singleBut(Collection<Parameter> listed) {
        Map<Parameter, List<String>> lists = lists();
        lists.keySet().removeAll(listed);
        return single(lists);
    }

    /** What nothing was given for, in a command whose defaults are single values. */
    Parameters unasked() {
        return single(defaults);
    }

    private static Parameters single(Map<Parameter, List<String>> lists) {
        Parameters parameters = Parameters.defaults();
        for (Map.Entry<Parameter, List<String>> entry : lists.entrySet()) {
            parameters = parameters.with(entry.getKey(), Parameters.single(entry.getKey(), entry.getValue()));
        }
        return parameters;
    }

    /** The values of each parameter that is given or has a default of the command. */
    Map<Parameter, List<String>> lists() {
        return lists(taken);
    }

    /** As {@link #lists()}, where the command takes only some of its parameters. */
    Map<Parameter, List<String>> lists(Collection<Parameter> possible) {
        for (String text : assignments) {
            String name = Assignment.parse(text).name();
            Parameter parameter = Parameter.named(name).orElseThrow(() -> Parameter.unknown(name, List.copyOf(possible)));
            if (!possible.contains(parameter)) {
                throw Fault.usage(command.name() + " has no -p " + name + (instead.containsKey(parameter)
                        ? ": " + instead.get(parameter) : ". It takes: "
                        + possible.stream().map(Parameter::label).collect(Collectors.joining(", "))) + ".");
            }
        }
        Map<Parameter, List<String>> lists = Parameters.parseLists(assignments);
        defaults.forEach(lists::putIfAbsent);
        SweepCheck.requireUseOfPrompt(lists.containsKey(Parameter.PROMPT), lists.getOrDefault(Parameter.WORK, List.of(Defaults.WORK))
                .stream().map(work -> Map.of(Parameter.WORK.label(), work, Parameter.PROMPT.label(), "")).toList());
        return lists;
    }

    /** What is given, ranges spelled out; whether it is taken is for benchmarks to say. */
    Map<Parameter, List<String>> ranges() {
        return Parameters.parseLists(assignments.stream().map(ParameterOptions::spelledOut).toList());
    }

    private static String spelledOut(String text) {
        Assignment assignment = Assignment.parse(text);
        return assignment.name() + "=" + assignment.values().stream().flatMap(value -> Range.expand(value).stream())
                .collect(Collectors.joining(","));
    }
}
