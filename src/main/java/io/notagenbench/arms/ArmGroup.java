package io.notagenbench.arms;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Combinations;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arms that can be compared: the same model and texts, on the same device with as many threads.
 *
 * @param common everything that an arm does not decide
 * @param arms   at least one
 */
public record ArmGroup(Parameters common, List<Arm> arms) {

    /** Every combination of values of these parameters is a group. */
    private static final List<Parameter> OF_A_GROUP = List.of(Parameter.MODEL, Parameter.DEVICE, Parameter.PROVIDER,
            Parameter.CACHES, Parameter.THREADS);

    public ArmGroup {
        arms = List.copyOf(arms);
    }

    /** What may have several values: {@link #listed} makes arms and groups of them. */
    public static List<Parameter> lists() {
        List<Parameter> lists = new ArrayList<>(OF_A_GROUP);
        lists.addAll(Arm.PARAMETERS);
        return lists;
    }

    /**
     * Every combination of what was listed. Where no backend or no decoding was named, all are meant that have a kernel
     * for the precision; a named decoding is refused if it has none.
     *
     * @param lists values by parameter
     * @param texts all other parameters
     * @throws Fault (usage) if no backend has one of the precisions
     */
    public static List<ArmGroup> listed(Map<Parameter, List<String>> lists, Parameters texts) {
        return combinations(OF_A_GROUP, lists, texts).stream().map(common -> new ArmGroup(common, arms(lists, common)))
                .toList();
    }

    /**
     * The same arms for every combination of models, devices, providers, caches and threads.
     *
     * @param arms   each has a kernel, or is refused
     * @param lists  values by parameter
     * @param texts  all other parameters
     */
    public static List<ArmGroup> named(List<Arm> arms, Map<Parameter, List<String>> lists, Parameters texts) {
        List<ArmGroup> groups = combinations(OF_A_GROUP, lists, texts).stream()
                .map(common -> new ArmGroup(common, arms)).toList();
        groups.forEach(group -> arms.forEach(arm -> arm.requireKernel(group.common())));
        return groups;
    }

    private static List<Arm> arms(Map<Parameter, List<String>> lists, Parameters common) {
        Map<Parameter, List<String>> values = new EnumMap<>(Parameter.class);
        values.putAll(lists);
        values.putIfAbsent(Parameter.BACKEND, Arrays.stream(Backend.values()).map(Backend::name).toList());
        values.putIfAbsent(Parameter.DECODING, Arrays.stream(Decoding.values()).map(Decoding::label).toList());
        boolean named = lists.containsKey(Parameter.DECODING);
        List<Arm> arms = combinations(List.of(Parameter.PRECISION, Parameter.BACKEND, Parameter.DECODING), values,
                common).stream()
                .map(Arm::of).filter(arm -> named || arm.refusal(common).isEmpty()).toList();
        arms.forEach(arm -> arm.requireKernel(common));
        for (String precision : values.getOrDefault(Parameter.PRECISION, List.of(common.text(Parameter.PRECISION)))) {
            if (arms.stream().noneMatch(arm -> arm.precision() == Precision.of(precision))) {
                throw Fault.usage("no backend has precision=" + precision + " on device="
                        + common.text(Parameter.DEVICE)
                        + ": choose precision=fp32 on device=cpu");
            }
        }
        return arms;
    }

    private static List<Parameters> combinations(List<Parameter> varied, Map<Parameter, List<String>> lists,
            Parameters rest) {
        Map<Parameter, List<String>> values = new LinkedHashMap<>();
        varied.forEach(parameter ->
                values.put(parameter, lists.getOrDefault(parameter, List.of(rest.text(parameter)))));
        return Combinations.of(values).stream().map(rest::with).toList();
    }

    /**
     * Every arm that cells of benchmarks measure.
     *
     * @param cells parameters of each, by name: all of them can run, and run a model
     * @param texts parameters of the texts; their window is no longer than a model has rows
     */
    public static List<ArmGroup> measured(List<Map<String, String>> cells, Parameters texts) {
        Map<Parameters, Set<Arm>> groups = new LinkedHashMap<>();
        for (Map<String, String> cell : cells) {
            Parameters ofCell = with(OF_A_GROUP, cell, texts);
            int window = Math.min(ModelSource.config(ofCell.text(Parameter.MODEL)).rows(),
                    Integer.parseInt(Defaults.PATCH_LENGTH));
            // where each of several devices has a model, each is checked
            for (String device : Device.labels(ofCell.text(Parameter.DEVICE))) {
                Parameters common = ofCell.with(Parameter.DEVICE, device)
                        .with(Parameter.PATCH_LENGTH, String.valueOf(window));
                groups.computeIfAbsent(common, group -> new LinkedHashSet<>())
                        .add(Arm.of(with(Arm.PARAMETERS, cell, common)));
            }
        }
        return groups.entrySet().stream().map(group -> new ArmGroup(group.getKey(), List.copyOf(group.getValue())))
                .toList();
    }

    private static Parameters with(List<Parameter> chosen, Map<String, String> cell, Parameters rest) {
        Parameters parameters = rest;
        for (Parameter parameter : chosen) {
            parameters = parameters.with(parameter, cell.getOrDefault(parameter.label(), parameter.defaultValue()));
        }
        return parameters;
    }
}
