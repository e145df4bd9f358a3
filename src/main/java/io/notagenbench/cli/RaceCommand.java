package io.notagenbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.Cores;
import io.notagenbench.device.Terminal;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.arms.Arm;
import io.notagenbench.arms.Race;
import io.notagenbench.arms.RaceResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets arms decode the same patches of a recorded piece in turns, in one process. */
@Command(name = "race", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Lets arms decode the same patches of a recorded piece in turns, and holds each against what main memory"
            + " gives; exit code 1 where an fp32 arm draws another character.",
            "All models are loaded at the same time: large in fp32 needs some 2.1 GB for each arm.",
            "patchLength and threads take lists."})
final class RaceCommand implements Callable<Integer> {

    static final String DEFAULT_WORK = "long";
    static final String DEFAULT_PATCHES = "24";

    /** What belongs to an arm. */
    private static final List<Parameter> OF_ARMS = List.of(Parameter.BACKEND, Parameter.PRECISION, Parameter.DECODING);

    @Option(names = "--arms", split = ",", paramLabel = "ARM",
            defaultValue = "pytorch/fp32/recompute,pytorch/fp32/cached,onnx/fp32/cached,onnx/fp32/fused,onnx/fp32/speculative,"
                + "onnx/int8/cached,onnx/int8/speculative,onnx/int4/cached,onnx/int4/speculative",
            description = "backend/precision/decoding, separated by commas; ratios are to the first. Default ${DEFAULT-VALUE}.")
    private List<String> arms;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "6",
            description = "In which the patches are decoded, each in random order; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--skip", paramLabel = "N", defaultValue = "0",
            description = "Patches of the piece before the first: how deep in it the arms start; default ${DEFAULT-VALUE}.")
    private int skip;

    @Option(names = "-o", paramLabel = "FILE", description = "Keeps every turn there, as JSON.")
    private Path file;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(Parameter.MODEL, Parameter.PATCH_LENGTH, Parameter.TEMPERATURE,
            Parameter.TOP_K, Parameter.TOP_P, Parameter.SEED, Parameter.WORK, Parameter.PATCHES, Parameter.THREADS)
            .withDefault(Parameter.WORK, DEFAULT_WORK).withDefault(Parameter.PATCHES, DEFAULT_PATCHES)
            .instead("name what is to be compared by --arms, such as --arms onnx/fp32/cached,onnx/int8/cached", OF_ARMS);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Race race = race();
        if (file != null) {
            OutputFile.check("-o", file);
        }
        RaceResult result = race.run(this::progress);
        RaceTable.write(result, spec.commandLine().getOut());
        if (file != null) {
            OutputFile.write(file, json(result));
        }
        return result.passes() ? 0 : Fault.FAILED;
    }

    private Race race() {
        if (rounds < 1 || skip < 0) {
            throw Fault.usage("--rounds " + rounds + " with --skip " + skip + " cannot be: give 1 or more rounds, and 0 or"
                    + " more patches to skip.");
        }
        List<Arm> chosen = arms.stream().map(Arm::parse).toList();
        if (chosen.stream().distinct().count() < chosen.size()) {
            throw Fault.usage("--arms " + String.join(",", arms) + " names an arm twice: name it once.");
        }
        Map<Parameter, List<String>> lists = new LinkedHashMap<>(parameters.lists());
        List<String> windows = lists.containsKey(Parameter.PATCH_LENGTH) ? lists.remove(Parameter.PATCH_LENGTH)
                : List.of(Parameter.PATCH_LENGTH.defaultValue());
        List<Integer> threads = lists.containsKey(Parameter.THREADS) ? lists.remove(Parameter.THREADS).stream().map(Integer::valueOf)
                .map(count -> count == 0 ? Cores.physical() : count).distinct().toList() : List.of(Cores.physical());
        Parameters given = Parameters.defaults();
        for (Map.Entry<Parameter, List<String>> entry : lists.entrySet()) {
            given = given.with(entry.getKey(), Parameters.single(entry.getKey(), entry.getValue()));
        }
        List<GenerationSettings> pieces = new ArrayList<>();
        for (String window : windows) {
            pieces.add(GenerationSettings.of(given.with(Parameter.PATCH_LENGTH, window)).endless());
        }
        return new Race(given.text(Parameter.MODEL), chosen, threads, pieces, skip,
                given.whole(Parameter.PATCHES), rounds);
    }

    private void progress(String sentence) {
        if (Terminal.isStandardError()) {
            spec.commandLine().getErr().println(sentence);
        }
    }

    private static String json(RaceResult result) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers and names are always JSON", e);
        }
    }
}
