package io.notagenbench.cli;

import static io.notagenbench.cli.TextTable.number;

import io.notagenbench.arms.Arm;
import io.notagenbench.arms.Race;
import io.notagenbench.arms.RaceResult;
import io.notagenbench.device.Cores;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Recordings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Arms decode the same patches of a recorded piece in turns, in one process. */
@Command(name = "race", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Decodes the same patches of a recorded piece with several arms, in turns, and compares each"
            + " with the first arm and with the bandwidth of main memory."
            + " Exit code 1 if an fp32 arm draws another character.",
            "All models are in memory at the same time: each arm of model=large in fp32 needs about 2.1 GB."
            + " Speculative arms share the model of cached ones.",
            "Every arm runs with each combination of patchLength and threads."})
final class RaceCommand extends ArmCommand {

    static final String DEFAULT_WORK = Recordings.LONG;
    static final String DEFAULT_PATCHES = "24";

    @Option(names = "--arms", split = ",", paramLabel = "ARM",
            defaultValue = "pytorch/fp32/recompute,pytorch/fp32/cached,onnx/fp32/cached,onnx/fp32/fused,"
                + "onnx/fp32/speculative,onnx/int8/cached,onnx/int8/speculative,onnx/int4/cached,onnx/int4/speculative,"
                + "onnx/mixed/cached,onnx/mixed/speculative",
            description = "backend/precision/decoding, separated by commas. The first is the baseline. Default"
                + " ${DEFAULT-VALUE}.")
    private List<String> arms;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "6",
            description = "Number of rounds. In each round every arm takes one turn, in random order; default"
                + " ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--skip", paramLabel = "N", defaultValue = "0",
            description = "Patches of the piece to skip, to start deeper in it; default"
                + " ${DEFAULT-VALUE}.")
    private int skip;

    @Option(names = "-o", paramLabel = "FILE", description = "Writes every turn into this file, as JSON.")
    private Path file;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(Parameter.MODEL, Parameter.PATCH_LENGTH,
            Parameter.TEMPERATURE, Parameter.TOP_K, Parameter.TOP_P, Parameter.SEED, Parameter.WORK, Parameter.PATCHES,
            Parameter.THREADS, Parameter.DEVICE)
            .listing("", List.of(Parameter.PATCH_LENGTH, Parameter.THREADS))
            .meaning(Parameter.WORK, "the recorded piece whose patches are decoded")
            .meaning(Parameter.PATCHES, "budget of patches of the piece, for all rounds together")
            .withDefault(Parameter.WORK, DEFAULT_WORK).withDefault(Parameter.PATCHES, DEFAULT_PATCHES)
            .instead("name what is to be compared by --arms, such as --arms onnx/fp32/cached,onnx/int8/cached",
                    Arm.PARAMETERS);

    @Override
    public Integer call() {
        Map<Parameter, List<String>> lists = parameters.lists();
        List<Integer> threads = numbers(lists, Parameter.THREADS).stream()
                .map(count -> count == 0 ? Cores.physical() : count).distinct().toList();
        Race race = new Race(parameters.single(), Arm.parse(arms), numbers(lists, Parameter.PATCH_LENGTH), threads,
                skip, rounds);
        if (file != null) {
            OutputFile.check("-o", file);
        }
        RaceResult result = race.run(this::progress);
        print(result, out());
        if (file != null) {
            OutputFile.write(file, JsonText.of(result) + "\n");
        }
        return result.passes() ? 0 : Fault.FAILED;
    }

    private static List<Integer> numbers(Map<Parameter, List<String>> lists, Parameter parameter) {
        return lists.getOrDefault(parameter, List.of(parameter.defaultValue())).stream().map(Integer::valueOf).toList();
    }

    /** A table for every context window and number of threads. */
    static void print(RaceResult result, PrintWriter out) {
        out.printf(Locale.ROOT, "model %s, %s from patch %d on%s%n", result.model(), result.work(), result.skipped() + 1,
                result.gigabytes() == 0 ? "; the memory of a card is measured by RooflineBenchmark"
                        : String.format(Locale.ROOT, "; main memory gives at most %.1f GB/s", result.gigabytes()));
        result.rows().stream().collect(Collectors.groupingBy(row -> List.of(row.patchLength(), row.threads()),
                LinkedHashMap::new, Collectors.toList())).values().forEach(rows -> {
            print(rows, out);
            rows.forEach(row -> result.exactInstead(row).ifPresent(exact -> out.printf("%s loses accuracy and was not faster than %s: choose"
                    + " that arm on this machine, or another precision.%n", row.arm(), exact.arm())));
        });
        out.println();
        out.println("Medians of the rounds; the ratio is to the first arm, round by round."
                + " MB are what a patch must move at least.");
        out.flush();
    }

    private static void print(List<RaceResult.Row> rows, PrintWriter out) {
        RaceResult.Row first = rows.get(0);
        out.printf("%npatchLength %d, %s in the context, threads=%d%n", first.patchLength(),
                Count.of(Math.round(first.context()), "patch", "patches"), first.threads());
        TextTable table = new TextTable().text("arm")
                .numbers("ms a patch", "fastest - slowest", "ratio", "MB", "GB/s", "limit", "context").text("draws");
        rows.forEach(row -> table.row(row.arm(), number("%.2f", row.milliseconds()),
                number("%.1f", row.fastest()) + " - " + number("%.1f", row.slowest()), number("%.1f", row.ratio()),
                number("%.0f", row.megabytes()), number("%.1f", row.megabytes() / row.milliseconds()),
                row.share() == 0 ? "-" : number("%.0f %%", 100 * row.share()), number("%.0f", row.context()), row.match().label()));
        table.print(out);
    }
}
