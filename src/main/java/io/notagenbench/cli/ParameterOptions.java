package io.notagenbench.cli;

import io.notagenbench.params.Assignment;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Range;
import io.notagenbench.params.Recordings;
import io.notagenbench.params.TakenParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code -p name=value}, as JMH has it, with the parameters that a command takes, and its own defaults and meanings;
 * mixed into a command under the name {@value #NAME}. What a command does not take is refused. A parameter takes one
 * value, and a list where a command compares its values.
 */
final class ParameterOptions {

    /** Name under which the options are mixed into a command. */
    static final String NAME = "parameters";

    @Option(names = "-p", paramLabel = "name=value", description = "Sets a parameter; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private final List<Parameter> taken;
    private final List<Parameter> listed = new ArrayList<>();
    private final Map<Parameter, List<String>> defaults = new EnumMap<>(Parameter.class);
    private final Map<Parameter, String> shown = new EnumMap<>(Parameter.class);
    private final Map<Parameter, String> meanings = new EnumMap<>(Parameter.class);
    private final Map<Parameter, String> instead = new EnumMap<>(Parameter.class);
    private String listRule = "Every parameter takes one value.";
    private boolean ofBenchmarks;

    private ParameterOptions(Collection<Parameter> taken) {
        this.taken = List.copyOf(taken);
    }

    static ParameterOptions of(Parameter... taken) {
        return new ParameterOptions(Arrays.asList(taken));
    }

    /** All parameters but a few. */
    static ParameterOptions without(Parameter... refused) {
        List<Parameter> taken = new ArrayList<>(Arrays.asList(Parameter.values()));
        taken.removeAll(Arrays.asList(refused));
        return new ParameterOptions(taken);
    }

    /**
     * Those of all benchmarks, which have their own defaults and decide themselves what they take.
     *
     * @param ranges whether a list may be given as a range
     */
    static ParameterOptions forBenchmarks(boolean ranges) {
        ParameterOptions options = without();
        options.ofBenchmarks = true;
        options.listRule = "A list, as in -p seed=0,1,2, " + (ranges ? "or a range, as in -p seed=0..29 or 32..256x2, " : "")
                + "is possible for every parameter.";
        return options;
    }

    /**
     * Parameters that take lists.
     *
     * @param when what must be given with a list, with a blank in front; empty where nothing must
     */
    ParameterOptions listing(String when, Collection<Parameter> parameters) {
        listed.addAll(parameters);
        listRule = "A list, as in -p threads=1,2, is possible for " + parameters.stream().map(Parameter::label)
                .collect(Collectors.joining(", ")) + when + ". Every other parameter takes one value.";
        return this;
    }

    /** The value of a parameter that is not given. */
    ParameterOptions withDefault(Parameter parameter, String... values) {
        defaults.put(parameter, List.of(values));
        return this;
    }

    /**
     * What the help shows instead of a default, where the command itself decides what a parameter is that is not given.
     */
    ParameterOptions showing(Parameter parameter, String text) {
        shown.put(parameter, text);
        return this;
    }

    /** What a parameter means here, half a sentence, where this is narrower than its usual meaning. */
    ParameterOptions meaning(Parameter parameter, String help) {
        meanings.put(parameter, help);
        return this;
    }

    /** What to do instead of giving parameters that are not taken. */
    ParameterOptions instead(String advice, Collection<Parameter> refused) {
        refused.forEach(parameter -> instead.put(parameter, advice));
        return this;
    }

    /** The help: a line for each parameter, in the order of the registry, and which of them take lists. */
    String help(int width) {
        Map<Parameter, String> values = new EnumMap<>(Parameter.class);
        Map<Parameter, String> help = new EnumMap<>(Parameter.class);
        for (Parameter parameter : taken) {
            values.put(parameter, shown.getOrDefault(parameter,
                    String.join(",", defaults.getOrDefault(parameter, List.of(parameter.defaultValue())))));
            help.put(parameter, meanings.getOrDefault(parameter, parameter.help()) + " (" + parameter.allowed() + ")");
        }
        return String.format("Parameters, as in -p seed=3, with defaults%s:%n", ofBenchmarks ? " (benchmarks may have others: -lp)" : "")
                + HelpTable.parameters(values, help, width) + HelpTable.paragraph(listRule, width);
    }

    /** The value of each parameter that takes one value. */
    Parameters single() {
        Map<Parameter, List<String>> lists = lists();
        lists.keySet().removeAll(listed);
        return single(lists);
    }

    /** One value for each parameter, where the command takes only some of its parameters. */
    Parameters single(Collection<Parameter> possible) {
        return single(lists(possible));
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
        TakenParameters allowed = new TakenParameters(command.name(), false, possible.stream().map(Parameter::label).toList());
        for (String text : assignments) {
            String name = Assignment.parse(text).name();
            Parameter.named(name).filter(instead::containsKey).ifPresent(parameter -> {
                throw allowed.instead(name, instead.get(parameter));
            });
            allowed.require(name);
        }
        Map<Parameter, List<String>> lists = Parameters.parseLists(assignments);
        defaults.forEach(lists::putIfAbsent);
        if (lists.containsKey(Parameter.PROMPT)) {
            Recordings.requireUseOfPrompt(lists.getOrDefault(Parameter.WORK, List.of(Defaults.WORK)));
        }
        return lists;
    }

    /** What is given by name, with each range as a list. Whether it is taken, benchmarks decide, which may have parameters of their own. */
    Map<String, List<String>> ranges() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String text : assignments) {
            Assignment assignment = Assignment.parse(text);
            Parameter.named(assignment.name()).ifPresentOrElse(
                    parameter -> Parameters.parseLists(List.of(spelledOut(text))).forEach((known, values) -> add(given, known.label(), values)),
                    () -> add(given, assignment.name(), assignment.values()));
        }
        return given;
    }

    private static void add(Map<String, List<String>> given, String name, List<String> values) {
        if (given.put(name, values) != null) {
            throw Parameters.twice(name);
        }
    }

    private static String spelledOut(String text) {
        Assignment assignment = Assignment.parse(text);
        return assignment.name() + "=" + assignment.values().stream().flatMap(value -> Range.expand(value).stream())
                .collect(Collectors.joining(","));
    }
}
