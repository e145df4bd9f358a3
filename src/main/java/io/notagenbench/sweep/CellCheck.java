package io.notagenbench.sweep;

import io.notagenbench.abc.Prompt;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.device.HostFacts;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.load.LoadCell;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Recordings;
import io.notagenbench.params.Stage;
import io.notagenbench.results.Cell;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which cells can run, and why the others cannot, before the first fork: for JMH's command line and for
 * sweeps. The rules are those of stages, engines, checkpoints, prompts and traces, which hold in a fork, too; each of
 * them is in one place.
 */
public final class CellCheck {

    private static final Set<String> ENGINE = labels(Parameter.BACKEND, Parameter.DEVICE, Parameter.PRECISION, Parameter.DECODING,
            Parameter.THREADS, Parameter.PROVIDER, Parameter.CACHES, Parameter.BATCH);
    private static final List<Parameter> SIZES = List.of(Parameter.PATCH_LENGTH, Parameter.CONTEXT);

    /** The parameters that decide whether a cell can run. */
    static final Set<String> DECISIVE = Stream.of(ENGINE, labels(SIZES.toArray(new Parameter[0])),
            labels(Parameter.MODEL, Parameter.PROMPT, Parameter.WORK), LoadCell.DECISIVE).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private final Map<String, Optional<Stage>> stages = new HashMap<>();
    private final Map<Map<String, String>, Optional<Fault>> engines = new HashMap<>();
    private final Map<String, ModelConfig> models = new HashMap<>();
    private final Set<String> prompts = new HashSet<>();
    private final Set<String> works = new HashSet<>();
    private final Footprint footprint = new Footprint();
    private final long memoryBytes;

    /** For this machine. */
    public CellCheck() {
        this(HostFacts.collect().memoryBytes());
    }

    /** For a machine with this much main memory. */
    CellCheck(long memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    private static Set<String> labels(Parameter... parameters) {
        return Arrays.stream(parameters).map(Parameter::label).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Checks what a person asked for by name. A prediction of its memory refuses nothing here.
     *
     * @param benchmark the full name of its method
     * @param params    value by name
     * @throws Fault (usage) if the cell cannot run, (failed) if this machine or build lacks something for it
     */
    public void require(String benchmark, Map<String, String> params) {
        fault(benchmark, params).ifPresent(fault -> {
            throw fault;
        });
    }

    /**
     * Why a sweep should pass over a cell, in one sentence; empty where it can run.
     *
     * @throws Fault if a value is wrong in every combination: a model, a trace or a prompt that does not exist
     */
    public Optional<String> refusal(Cell cell) {
        return fault(cell.benchmark(), cell.params()).map(Fault::getMessage).or(() -> LoadCell.missing(cell.params()))
                .or(() -> tooLarge(cell));
    }

    private Optional<Fault> fault(String benchmark, Map<String, String> params) {
        Parameters parameters = Parameters.of(params);
        checkText(parameters);
        Map<String, String> engine = params.entrySet().stream().filter(value -> ENGINE.contains(value.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return stages.computeIfAbsent(benchmark, Stage::of).flatMap(stage -> stage.refusal(params)).map(Fault::usage)
                .or(() -> engines.computeIfAbsent(engine, settings -> engineFault(parameters)))
                .or(() -> tooLong(parameters)).or(() -> LoadCell.fault(params));
    }

    private void checkText(Parameters parameters) {
        String prompt = parameters.text(Parameter.PROMPT);
        if (parameters.isGiven(Parameter.PROMPT) && !prompts.contains(prompt)) {
            Prompt.parse(prompt);
            prompts.add(prompt);
        }
        String work = parameters.text(Parameter.WORK);
        if (!work.equals(Defaults.WORK) && !works.contains(work)) {
            Trace.load(work);
            works.add(work);
        }
    }

    private static Optional<Fault> engineFault(Parameters parameters) {
        if (!parameters.isGiven(Parameter.BACKEND)) {
            return Optional.empty();
        }
        boolean batch = parameters.isGiven(Parameter.BATCH);
        Optional<Fault> fault = batch ? Optional.empty() : EngineSettings.severalModels(parameters).map(Fault::usage);
        for (EngineSettings settings : EngineSettings.each(parameters)) {
            BackendProvider provider = BackendProvider.of(settings.backend());
            fault = fault.or(() -> provider.refusal(settings).map(Fault::usage))
                    .or(() -> batch ? BatchCheck.refusal(settings).map(Fault::usage) : Optional.empty())
                    .or(() -> provider.missing(settings).map(Fault::failed));
        }
        return fault;
    }

    private Optional<Fault> tooLong(Parameters parameters) {
        if (!parameters.isGiven(Parameter.MODEL)) {
            return Optional.empty();
        }
        String model = parameters.text(Parameter.MODEL);
        ModelConfig config = models.computeIfAbsent(model, ModelSource::config);
        return SIZES.stream().filter(parameters::isGiven)
                .map(size -> config.tooLong(size.label(), parameters.whole(size), model)).flatMap(Optional::stream).findFirst()
                .map(Fault::usage);
    }

    /** Only main memory is checked: the process that owns a card checks the memory of the card. */
    private Optional<String> tooLarge(Cell cell) {
        return footprint.predicted(cell).filter(fit -> isOnCpu(cell) && fit.bytes() > memoryBytes)
                .map(fit -> "It is predicted to take " + mebibytes(fit.bytes()) + " of main memory, and this machine has "
                        + mebibytes(memoryBytes) + ".");
    }

    /** Whether a cell needs main memory alone, and no card. */
    static boolean isOnCpu(Cell cell) {
        return Device.areProcessors(cell.params().getOrDefault(Parameter.DEVICE.label(), Defaults.DEVICE));
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** Bytes that a cell is predicted to take on its device; empty for one without a model. */
    public Optional<Long> predictedBytes(Cell cell) {
        return footprint.predicted(cell).map(MemoryFit::bytes);
    }

    /**
     * A prompt that was given must have an effect on some cell.
     *
     * @param cells value by name
     * @throws Fault (usage) if all cells that take a prompt write a recorded piece
     */
    public static void requireUseOfPrompt(Collection<Map<String, String>> cells) {
        Recordings.requireUseOfPrompt(cells.stream().filter(cell -> cell.containsKey(Parameter.PROMPT.label()))
                .map(cell -> cell.getOrDefault(Parameter.WORK.label(), Defaults.WORK)).toList());
    }
}
