package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import io.notagenbench.results.Cell;
import io.notagenbench.sweep.Feasibility;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arms that {@code verify} holds against each other: the same model and texts, on the same device with as many threads.
 *
 * @param parameters all that they have in common
 * @param arms       at least one
 */
record ArmGroup(Parameters parameters, List<EngineSettings> arms) {

    private static final List<Parameter> COMMON = List.of(Parameter.MODEL, Parameter.DEVICE, Parameter.PROVIDER,
            Parameter.CACHES, Parameter.THREADS);
    private static final List<Parameter> OF_AN_ARM = List.of(Parameter.PRECISION, Parameter.BACKEND, Parameter.DECODING);

    ArmGroup {
        arms = List.copyOf(arms);
    }

    /** What the parameters in common have other than their defaults, in words; empty where that is nothing. */
    String unusual() {
        return Stream.of(Parameter.DEVICE, Parameter.PROVIDER, Parameter.CACHES, Parameter.THREADS)
                .filter(parameter -> !parameters.text(parameter).equals(parameter.defaultValue()))
                .map(parameter -> ", " + parameter.label() + "=" + parameters.text(parameter)).collect(Collectors.joining());
    }

    /**
     * Every combination of what was listed; of a backend and a decoding that were not, all that have the precision.
     *
     * @param lists   of the command line
     * @param unasked values of those that are not among them
     * @throws Fault (usage) if no backend has one of the precisions, or something else is a list
     */
    static List<ArmGroup> listed(Map<Parameter, List<String>> lists, Parameters unasked) {
        Parameters texts = unasked;
        for (Map.Entry<Parameter, List<String>> entry : lists.entrySet()) {
            if (!COMMON.contains(entry.getKey()) && !OF_AN_ARM.contains(entry.getKey())) {
                texts = texts.with(entry.getKey(), Parameters.single(entry.getKey(), entry.getValue()));
            }
        }
        return combinations(COMMON, lists, texts).stream().map(common -> new ArmGroup(common, arms(lists, common))).toList();
    }

    /** One that was asked for by its decoding's name is opened and refused. */
    private static List<EngineSettings> arms(Map<Parameter, List<String>> lists, Parameters common) {
        Map<Parameter, List<String>> values = new EnumMap<>(lists);
        values.putIfAbsent(Parameter.PRECISION, List.of(common.text(Parameter.PRECISION)));
        values.putIfAbsent(Parameter.BACKEND, Arrays.stream(Backend.values()).map(Backend::label).toList());
        values.putIfAbsent(Parameter.DECODING, Arrays.stream(Decoding.values()).map(Decoding::label).toList());
        List<EngineSettings> arms = combinations(OF_AN_ARM, values, common).stream().map(EngineSettings::of)
                .filter(arm -> lists.containsKey(Parameter.DECODING) || BackendProvider.of(arm.backend()).refusal(arm).isEmpty())
                .toList();
        for (String precision : values.get(Parameter.PRECISION)) {
            if (arms.stream().noneMatch(arm -> arm.precision() == Precision.of(precision))) {
                throw Fault.usage("no backend has precision=" + precision + " on device=" + common.text(Parameter.DEVICE)
                        + ": choose precision=fp32 on device=cpu");
            }
        }
        return arms;
    }

    private static List<Parameters> combinations(List<Parameter> varied, Map<Parameter, List<String>> lists, Parameters rest) {
        List<Parameters> all = List.of(rest);
        for (Parameter parameter : varied) {
            List<String> values = lists.getOrDefault(parameter, List.of(rest.text(parameter)));
            all = all.stream().flatMap(shorter -> values.stream().map(value -> shorter.with(parameter, value))).toList();
        }
        return all;
    }

    /**
     * Every arm that a sweep of these cells measures: those that cannot run are left out, and so is what runs no model.
     *
     * @param texts parameters of the texts; their window is no longer than a model has rows
     */
    static List<ArmGroup> planned(List<Cell> cells, Feasibility feasibility, Parameters texts) {
        Map<Parameters, Set<EngineSettings>> groups = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (cell.params().containsKey(Parameter.MODEL.label()) && feasibility.refusal(cell).isEmpty()) {
                Parameters ofCell = with(COMMON, cell, texts);
                int rows = ModelSource.config(ofCell.text(Parameter.MODEL)).rows();
                // models on several devices are checked one by one
                for (String device : Device.labels(ofCell.text(Parameter.DEVICE))) {
                    Parameters common = ofCell.with(Parameter.DEVICE, device).with(Parameter.PATCH_LENGTH,
                            String.valueOf(Math.min(rows, Integer.parseInt(Defaults.PATCH_LENGTH))));
                    groups.computeIfAbsent(common, group -> new LinkedHashSet<>())
                            .add(EngineSettings.of(with(OF_AN_ARM, cell, common)));
                }
            }
        }
        return groups.entrySet().stream().map(group -> new ArmGroup(group.getKey(), List.copyOf(group.getValue()))).toList();
    }

    private static Parameters with(List<Parameter> chosen, Cell cell, Parameters rest) {
        Parameters parameters = rest;
        for (Parameter parameter : chosen) {
            parameters = parameters.with(parameter, cell.params().getOrDefault(parameter.label(), parameter.defaultValue()));
        }
        return parameters;
    }
}
