package io.notagenbench.sweep;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.device.HostFacts;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.results.Cell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells which cells of a grid cannot run, before any of them does. */
public final class Feasibility {

    private final Map<String, Integer> rows = new HashMap<>();
    private final Footprint footprint = new Footprint();
    private final long memoryBytes;

    /** For this machine. */
    public Feasibility() {
        this(HostFacts.collect().memoryBytes());
    }

    /** For a machine with so much main memory. */
    Feasibility(long memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    /**
     * Why a cell cannot run, in one sentence; empty where it can.
     *
     * @throws Fault if a value is wrong whatever it is combined with: a model, a trace or a prompt that is not there
     */
    public Optional<String> refusal(Cell cell) {
        Parameters parameters = parameters(cell);
        if (parameters.isGiven(Parameter.PROMPT)) {
            Prompt.parse(parameters.text(Parameter.PROMPT));
        }
        if (parameters.isGiven(Parameter.WORK) && !parameters.text(Parameter.WORK).equals(Defaults.WORK)) {
            Trace.load(parameters.text(Parameter.WORK));
        }
        if (parameters.isGiven(Parameter.BACKEND)) {
            Optional<String> refusal = parameters.isGiven(Parameter.BATCH) ? Optional.empty()
                    : EngineSettings.severalModels(parameters);
            for (EngineSettings settings : EngineSettings.each(parameters)) {
                BackendProvider provider = BackendProvider.of(settings.backend());
                refusal = refusal.or(() -> provider.refusal(settings))
                        .or(() -> parameters.isGiven(Parameter.BATCH) ? BatchCheck.refusal(settings) : Optional.empty())
                        .or(() -> provider.missing(settings));
            }
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return parameters.isGiven(Parameter.MODEL) ? tooLong(parameters).or(() -> tooLarge(cell)) : Optional.empty();
    }

    /** What a card has room for is known to the process that owns it. */
    private Optional<String> tooLarge(Cell cell) {
        return footprint.predicted(cell).filter(fit -> Footprint.isOnCpu(cell) && fit.bytes() > memoryBytes)
                .map(fit -> "It is predicted to take " + mebibytes(fit.bytes()) + " of main memory, and this machine has "
                        + mebibytes(memoryBytes) + ".");
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** Bytes that a cell is predicted to take on its device; empty for one without a model. */
    public Optional<Long> predictedBytes(Cell cell) {
        return footprint.predicted(cell).map(MemoryFit::bytes);
    }

    private static Parameters parameters(Cell cell) {
        Parameters parameters = Parameters.defaults();
        for (Map.Entry<String, String> param : cell.params().entrySet()) {
            Optional<Parameter> known = Parameter.named(param.getKey());
            if (known.isPresent()) {
                parameters = parameters.with(known.get(), param.getValue());
            }
        }
        return parameters;
    }

    private Optional<String> tooLong(Parameters parameters) {
        String model = parameters.text(Parameter.MODEL);
        int most = rows.computeIfAbsent(model, name -> ModelSource.config(name).rows());
        for (Parameter size : List.of(Parameter.PATCH_LENGTH, Parameter.CONTEXT)) {
            if (parameters.isGiven(size) && parameters.whole(size) > most) {
                return Optional.of(size.label() + "=" + parameters.text(size) + " is more than the " + most
                        + " position rows of model=" + model + ": choose " + most + " or less.");
            }
        }
        return Optional.empty();
    }
}
