package io.notagenbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.Cores;
import io.notagenbench.device.Terminal;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.arms.Arm;
import io.notagenbench.arms.OriginalRace;
import io.notagenbench.arms.OriginalResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets the original NotaGen and the suite's arms write the same piece in turns, and compares times and texts. */
@Command(name = "peer", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Lets the original NotaGen, on your Python, and arms of this suite write the same piece in turns;"
            + " exit code 1 where an fp32 arm writes another text.",
            "All models are loaded at the same time: large in fp32 needs some 2.1 GB for each arm, and for the original."})
final class PeerCommand implements Callable<Integer> {

    /** Budget of patches: enough for some music of the original in seconds. */
    static final String DEFAULT_PATCHES = "40";

    @Option(names = "--checkout", required = true, paramLabel = "DIR",
            description = "Sources of NotaGen: git clone https://github.com/ElectricAlexis/NotaGen")
    private Path checkout;

    @Option(names = "--python", required = true, paramLabel = "PYTHON",
            description = "A Python that has its requirements: torch, transformers==4.40.0, samplings==0.1.7.")
    private String python;

    @Option(names = "--arms", split = ",", paramLabel = "ARM",
            defaultValue = "pytorch/fp32/recompute,pytorch/fp32/cached,onnx/fp32/cached,onnx/fp32/speculative",
            description = "backend/precision/decoding, separated by commas; default ${DEFAULT-VALUE}.")
    private List<String> arms;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "Each writes the piece so many times; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "1200",
            description = "For each piece, and for loading the original; default ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(names = "-o", paramLabel = "FOLDER", description = "Keeps every run and its text there, as peer.json.")
    private Path folder;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(OriginalRace.SHARED.toArray(new Parameter[0]))
            .withDefault(Parameter.PATCHES, DEFAULT_PATCHES)
            .instead("--timeout gives each piece its seconds, on both sides", List.of(Parameter.TIME_LIMIT))
            .instead("choose what the original is compared with by --arms, such as --arms onnx/fp32/cached",
                    List.of(Parameter.BACKEND, Parameter.PRECISION, Parameter.DECODING));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Parameters given = parameters.single();
        requirePositive("--rounds", rounds);
        requirePositive("--timeout", timeout);
        List<Arm> chosen = arms.stream().map(Arm::parse).toList();
        if (chosen.stream().distinct().count() < chosen.size()) {
            throw Fault.usage("--arms " + String.join(",", arms) + " names an arm twice: name it once.");
        }
        PromptWarnings.tell(List.of(given.text(Parameter.PROMPT)), spec.commandLine().getErr());
        Path file = resultFile();
        int threads = given.whole(Parameter.THREADS);
        OriginalRace comparison = new OriginalRace(checkout, python, chosen, threads == 0 ? Cores.physical() : threads,
                given, rounds, Duration.ofSeconds(timeout));
        OriginalResult result = comparison.run(this::progress);
        PeerTable.write(result, spec.commandLine().getOut());
        if (file != null) {
            OutputFile.write(file, json(result));
        }
        return result.passes() ? 0 : Fault.FAILED;
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw Fault.usage(option + " " + value + " cannot be: give 1 or more.");
        }
    }

    private Path resultFile() {
        if (folder == null) {
            return null;
        }
        OutputFolder.check("-o", folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Fault.usage("-o " + folder + " cannot be made a folder: " + Fault.reason(e) + ".", e);
        }
        Path file = folder.resolve("peer.json");
        OutputFile.check("-o", file);
        return file;
    }

    private void progress(String sentence) {
        if (Terminal.isStandardError()) {
            spec.commandLine().getErr().println(sentence);
        }
    }

    private static String json(OriginalResult result) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers and texts are always JSON", e);
        }
    }
}
