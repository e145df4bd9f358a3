package io.notagenbench.cli;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Spelling;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks the {@code -p} of a JMH run before anything is forked: JMH would ignore an unknown name in silence and drop a
 * cell whose value is wrong.
 */
final class SweepCheck {

    private static final Set<String> ENGINE = labels(Parameter.BACKEND, Parameter.DEVICE, Parameter.PRECISION,
            Parameter.THREADS, Parameter.PROVIDER, Parameter.CACHES, Parameter.BATCH);
    private static final Set<String> SIZES = labels(Parameter.MODEL, Parameter.PATCH_LENGTH, Parameter.CONTEXT);
    private static final Set<String> WORK = labels(Parameter.PROMPT, Parameter.WORK);

    private SweepCheck() {
    }

    /** @throws Fault (usage) with the first thing that is wrong, (failed) with what this machine or build lacks */
    static void check(ChosenBenchmarks chosen, Map<String, List<String>> given) {
        given.forEach((name, values) -> {
            checkName(chosen, name);
            Parameter.named(name).ifPresent(parameter -> parameter.check(values));
        });
        for (Map<String, String> cell : chosen.combinations(ENGINE, given)) {
            if (cell.containsKey(Parameter.BACKEND.label())) {
                checkEngine(parameters(cell));
            }
        }
        checkSizes(chosen, given);
        List<Map<String, String>> works = chosen.combinations(WORK, given);
        works.forEach(SweepCheck::checkWork);
        // a cell of a sweep is given every parameter
        requireUseOfPrompt(given.containsKey(Parameter.PROMPT.label()) && !ParentWatch.isAsked(), works);
    }

    /**
     * A recorded piece brings its own prompt: one that is given has no effect where there is nothing else.
     *
     * @param given whether a prompt is
     * @param cells values by parameter
     * @throws Fault (usage) if it has none
     */
    static void requireUseOfPrompt(boolean given, Collection<Map<String, String>> cells) {
        List<String> works = cells.stream().filter(cell -> cell.containsKey(Parameter.PROMPT.label()))
                .map(cell -> cell.getOrDefault(Parameter.WORK.label(), Defaults.WORK)).distinct().toList();
        if (given && !works.isEmpty() && !works.contains(Defaults.WORK)) {
            throw Fault.usage("-p prompt has no effect beside work=" + String.join(",", works) + ", which has a prompt of its own:"
                    + " leave it out, or choose work=" + Defaults.WORK + ".");
        }
    }

    private static Set<String> labels(Parameter... parameters) {
        return Arrays.stream(parameters).map(Parameter::label).collect(Collectors.toUnmodifiableSet());
    }

    private static void checkName(ChosenBenchmarks chosen, String name) {
        Set<String> declared = chosen.parameterNames();
        if (declared.contains(name)) {
            return;
        }
        if (Parameter.named(name).isPresent()) {
            throw Fault.usage("None of the chosen benchmarks takes the parameter " + name + ". They take: "
                    + String.join(", ", declared) + ".");
        }
        Set<String> known = new TreeSet<>(declared);
        String hint = Spelling.nearest(name, List.copyOf(known)).map(near -> " Did you mean " + near + "?").orElse("");
        throw Fault.usage("There is no parameter " + name + "." + hint + " The chosen benchmarks take: "
                + String.join(", ", known) + ".");
    }

    private static Parameters parameters(Map<String, String> cell) {
        Parameters parameters = Parameters.defaults();
        for (Map.Entry<String, String> entry : cell.entrySet()) {
            parameters = parameters.with(Parameter.of(entry.getKey()), entry.getValue());
        }
        return parameters;
    }

    private static void checkEngine(Parameters parameters) {
        if (!parameters.isGiven(Parameter.BATCH)) {
            EngineSettings settings = EngineSettings.of(parameters);
            BackendProvider.of(settings.backend()).require(settings);
            return;
        }
        for (EngineSettings settings : EngineSettings.each(parameters)) {
            BatchCheck.refusal(settings).ifPresent(reason -> {
                throw Fault.usage(reason);
            });
            BackendProvider.of(settings.backend()).require(settings);
        }
    }

    /** Opens each model once: whatever is wrong with a checkpoint is said here. */
    private static void checkSizes(ChosenBenchmarks chosen, Map<String, List<String>> given) {
        Map<String, Integer> rows = new HashMap<>();
        for (Map<String, String> cell : chosen.combinations(SIZES, given)) {
            String model = cell.get(Parameter.MODEL.label());
            if (model == null) {
                continue;
            }
            int most = rows.computeIfAbsent(model, name -> ModelSource.config(name).rows());
            for (Parameter size : List.of(Parameter.PATCH_LENGTH, Parameter.CONTEXT)) {
                String value = cell.get(size.label());
                if (value != null && Integer.parseInt(value) > most) {
                    throw Fault.usage(size.label() + "=" + value + " is more than the " + most
                            + " position rows of model=" + model + ": choose " + most + " or less.");
                }
            }
        }
    }

    private static void checkWork(Map<String, String> cell) {
        String prompt = cell.get(Parameter.PROMPT.label());
        if (prompt != null) {
            Prompt.parse(prompt);
        }
        String work = cell.get(Parameter.WORK.label());
        if (work != null && !work.equals(Defaults.WORK)) {
            Trace.load(work);
        }
    }
}
