package io.notagenbench.cli;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the {@code -p} of a JMH run before anything is forked: JMH would ignore an unknown name in silence and drop a
 * cell whose value is wrong.
 */
final class SweepCheck {

    private static final Set<String> ENGINE = Set.of(Parameter.BACKEND.label(), Parameter.DEVICE.label(),
            Parameter.PRECISION.label(), Parameter.THREADS.label());

    private SweepCheck() {
    }

    /** @throws Fault (usage) with the first thing that is wrong */
    static void check(ChosenBenchmarks chosen, Map<String, List<String>> given) {
        given.forEach((name, values) -> {
            checkName(chosen, name);
            Parameter.named(name).ifPresent(parameter -> values.forEach(parameter::check));
        });
        for (Map<String, String> cell : chosen.combinations(ENGINE, given)) {
            if (cell.containsKey(Parameter.BACKEND.label())) {
                checkEngine(parameters(cell));
            }
        }
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
        EngineSettings settings = EngineSettings.of(parameters);
        Optional<String> refusal = BackendProvider.of(settings.backend()).refusal(settings);
        refusal.ifPresent(reason -> {
            throw Fault.usage(reason);
        });
    }
}
