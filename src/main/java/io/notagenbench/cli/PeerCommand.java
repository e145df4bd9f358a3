package io.notagenbench.cli;

import static io.notagenbench.cli.TextTable.number;

import io.notagenbench.arms.Arm;
import io.notagenbench.arms.OriginalRace;
import io.notagenbench.arms.OriginalResult;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The original NotaGen and the suite's arms write the same piece in turns; times and texts are compared. */
@Command(name = "peer", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Writes the same piece with the original NotaGen, on your Python, and with arms of this suite,"
            + " in turns, and compares times and texts. Exit code 1 if an fp32 arm writes another text.",
            "All models are in memory at the same time: with model=large in fp32 the original and each arm need about"
            + " 2.1 GB. Speculative arms share the model of cached ones."})
final class PeerCommand extends ArmCommand {

    /** Budget of patches: enough for some music of the original in seconds. */
    static final String DEFAULT_PATCHES = "40";

    @Option(names = "--checkout", required = true, paramLabel = "DIR",
            description = "Sources of NotaGen: git clone https://github.com/ElectricAlexis/NotaGen")
    private Path checkout;

    @Option(names = "--python", required = true, paramLabel = "PYTHON",
            description = "Python executable with NotaGen's requirements:"
                + " torch, transformers==4.40.0, samplings==0.1.7.")
    private String python;

    @Option(names = "--arms", split = ",", paramLabel = "ARM",
            defaultValue = "pytorch/fp32/recompute,pytorch/fp32/cached,onnx/fp32/cached,onnx/fp32/speculative",
            description = "backend/precision/decoding, separated by commas; default ${DEFAULT-VALUE}.")
    private List<String> arms;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "Number of rounds. In each round the original and every arm write the piece once, in random"
                + " order; default"
                + " ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "1200",
            description = "Time limit of each piece, and of loading the original; default ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(names = "-o", paramLabel = "FOLDER",
            description = "Writes every run and its text into this folder, as peer.json.")
    private Path folder;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(OriginalRace.SHARED.toArray(new Parameter[0]))
            .withDefault(Parameter.PATCHES, DEFAULT_PATCHES)
            .meaning(Parameter.PATCHES, "budget of patches of the piece; 0 is until it ends")
            .instead("--timeout gives each piece its seconds, on both sides", List.of(Parameter.TIME_LIMIT))
            .instead("choose what the original is compared with by --arms, such as --arms onnx/fp32/cached",
                    Arm.PARAMETERS);

    @Override
    public Integer call() {
        Parameters given = parameters.single();
        requirePositive("--rounds", rounds);
        requirePositive("--timeout", timeout);
        List<Arm> chosen = Arm.parse(arms);
        PromptWarnings.tell(List.of(given.text(Parameter.PROMPT)), err());
        Path file = resultFile();
        OriginalResult result = new OriginalRace(checkout, python, chosen, given, rounds, Duration.ofSeconds(timeout))
                .run(this::progress);
        print(result, out());
        if (file != null) {
            OutputFile.write(file, JsonText.of(result) + "\n");
        }
        return result.passes() ? 0 : Fault.FAILED;
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

    /** The work, a row for the original and each arm, and where a text differs. */
    static void print(OriginalResult result, PrintWriter out) {
        out.printf("model %s, seed %s, window %s: %s with %s, %s on both sides, %s in random order%n", result.model(),
                result.parameters().get(Parameter.SEED.label()),
                result.parameters().get(Parameter.PATCH_LENGTH.label()),
                Count.of(result.first().patches(), "patch", "patches"), Count.of(result.first().cuts(), "cut"),
                Count.of(result.threads(), "thread"), Count.of(result.rounds(), "round"));
        out.println("original on " + result.versions().entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue()).collect(Collectors.joining(", ")));
        TextTable table = new TextTable().text("arm").text("text")
                .numbers("seconds", "ms a patch", "fastest - slowest", "ratio", "load s");
        result.rows().forEach(row -> table.row(row.arm(), row.match().label(), number("%.3f", row.seconds()),
                number("%.2f", row.msPerPatch()), number("%.2f", row.fastest()) + " - " + number("%.2f", row.slowest()),
                number("%.1f", row.ratio()), number("%.2f", row.loadSeconds())));
        table.print(out);
        if (result.first().full()) {
            out.println("The piece is not whole: its header alone fills the window. Choose a larger -p patchLength.");
        }
        for (OriginalResult.Row row : result.rows()) {
            result.difference(row.arm()).ifPresent(words -> out.println(row.arm() + " differs " + words));
        }
        out.flush();
    }
}
