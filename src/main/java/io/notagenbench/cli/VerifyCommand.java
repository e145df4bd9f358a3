package io.notagenbench.cli;

import static io.notagenbench.cli.TextTable.number;

import io.notagenbench.arms.Arm;
import io.notagenbench.arms.ArmGroup;
import io.notagenbench.arms.ModelCheck;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Preset;
import io.notagenbench.results.Cell;
import io.notagenbench.results.Verification;
import io.notagenbench.sweep.Catalog;
import io.notagenbench.sweep.CellCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Proves that every backend and decoding computes the model: hidden states and logits are compared with the plain
 * forward pass in double precision, and the same seed must give the same text.
 */
@Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Checks that every backend and decoding computes your model exactly and writes the same"
            + " text. For a reduced precision it measures the loss against double precision.",
            "With a plan or regular expressions of benchmarks it checks what a sweep of them measures: its models,"
            + " devices, threads, precisions, backends and decodings, with any -p that the sweep takes; the texts stay"
            + " those of verify."})
final class VerifyCommand extends ArmCommand {

    /** Budget of patches of each text: enough for a stream cut in a window of 32. */
    static final String DEFAULT_PATCHES = "48";

    /** Patches of the teacher-forced context: the fp64 pass is slow. */
    static final String DEFAULT_CONTEXT = "16";

    /** Enough of a SHA-256 to identify a file. */
    private static final int HASH_LETTERS = 12;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.without(Parameter.BATCH, Parameter.PIECES, Parameter.BUFFER)
            .listing("", ArmGroup.lists())
            .withDefault(Parameter.PATCHES, DEFAULT_PATCHES).withDefault(Parameter.CONTEXT, DEFAULT_CONTEXT)
            .meaning(Parameter.PATCHES, "budget of patches of each text; 0 is until it ends")
            .meaning(Parameter.CONTEXT, "patches in the context over which errors and losses are computed")
            .showing(Parameter.BACKEND, "all").showing(Parameter.DECODING, "all");

    @Option(names = "--arms", split = ",", paramLabel = "ARM", description = "Checks these arms, each"
            + " backend/precision/decoding, separated by commas, instead of -p backend, precision and decoding.")
    private List<String> arms;

    @Mixin
    private SelectionOptions sweep;

    @Option(names = "--json", paramLabel = "FILE",
            description = "Also writes the results as JSON: verify.json in the folder of a sweep becomes part of its"
                + " report.")
    private Path json;

    @Override
    public Integer call() {
        if (json != null) {
            OutputFile.check("--json", json);
        }
        List<ArmGroup> groups = sweep.isGiven() ? measured() : listed();
        if (groups.isEmpty()) {
            out().println("Nothing of " + sweep.selection().name()
                    + " that runs a model can run here, so nothing is verified. To see why: sweep --dry-run.");
            return 0;
        }
        List<Verification> results = new ArrayList<>();
        groups.stream().collect(Collectors.groupingBy(group -> group.common().text(Parameter.MODEL), LinkedHashMap::new,
                Collectors.toList())).forEach((model, ofModel) -> {
                    try (ModelCheck check = ModelCheck.open(model, ofModel.get(0).common().whole(Parameter.CONTEXT))) {
                        for (ArmGroup group : ofModel) {
                            Verification result = check.check(group, this::progress);
                            print(result, unusual(group.common()), out());
                            results.add(result);
                        }
                    }
                });
        if (json != null) {
            Verification.write(results, json);
        }
        return results.stream().flatMap(result -> result.arms().stream()).allMatch(Verification.Arm::passes) ? 0
                : Fault.FAILED;
    }

    private List<ArmGroup> listed() {
        Map<Parameter, List<String>> lists = parameters.lists();
        Parameters texts = parameters.single();
        List<ArmGroup> groups = arms == null ? ArmGroup.listed(lists, texts)
                : ArmGroup.named(named(lists), lists, texts);
        PromptWarnings.tell(groups.stream().map(group -> group.common().text(Parameter.PROMPT)).toList(), err());
        groups.forEach(group -> group.arms().forEach(arm -> arm.requirePresent(group.common())));
        return groups;
    }

    private List<Arm> named(Map<Parameter, List<String>> lists) {
        for (Parameter parameter : Arm.PARAMETERS) {
            if (lists.containsKey(parameter)) {
                throw Fault.usage("--arms already says what -p " + parameter.label()
                        + " would: leave out one of them.");
            }
        }
        return Arm.parse(arms);
    }

    private List<ArmGroup> measured() {
        if (arms != null) {
            throw Fault.usage("A plan already says which arms to check: leave out --arms.");
        }
        Map<String, List<String>> given = parameters.ranges();
        RequiredDevices.check(given);
        List<Cell> cells = sweep.selection().cells(Catalog.ofClassPath(), given, Map.of());
        return measured(given.containsKey(Parameter.MODEL.label()) ? cells : onTiny(cells), parameters.unasked());
    }

    /**
     * Synthetic weights write no music, so a loss of precision says nothing: unless they are named by -p model, their
     * arms run tiny.
     */
    private List<Cell> onTiny(List<Cell> cells) {
        Set<String> models = cells.stream().map(VerifyCommand::model).filter(model -> Preset.named(model).isPresent())
                .filter(model -> !model.equals(Defaults.MODEL)).collect(Collectors.toCollection(TreeSet::new));
        if (!models.isEmpty()) {
            err().println("Arms of model=" + String.join(",", models) + " are checked with model=" + Defaults.MODEL
                    + ", which was trained; -p model= checks them with their own synthetic weights.");
        }
        return cells.stream().map(cell -> models.contains(model(cell)) ? cell.with(Parameter.MODEL, Defaults.MODEL) : cell).toList();
    }

    private static String model(Cell cell) {
        return cell.params().getOrDefault(Parameter.MODEL.label(), Defaults.MODEL);
    }

    /**
     * Returns the arms that a sweep of these cells measures. Cells that cannot run here, or run no model, have none.
     */
    static List<ArmGroup> measured(List<Cell> cells, Parameters texts) {
        CellCheck check = new CellCheck();
        return ArmGroup.measured(cells.stream().filter(cell -> cell.params().containsKey(Parameter.MODEL.label()))
                .filter(cell -> check.refusal(cell).isEmpty()).map(Cell::params).toList(), texts);
    }

    /**
     * The work, and a row for each arm.
     *
     * @param unusual what the work has other than usual
     */
    private static void print(Verification result, String unusual, PrintWriter out) {
        out.printf("model %s (%s): errors over a context of %s, %s in a window of %d, seed %d%s%n", result.model(),
                result.hash().substring(0, HASH_LETTERS), Count.of(result.context(), "patch", "patches"),
                result.patches() == 0 ? "whole texts" : "texts of " + Count.of(result.patches(), "patch", "patches"),
                result.patchLength(), result.seed(), unusual);
        TextTable table = new TextTable().text("arm").numbers("hidden err", "logits err", "KL nats", "top-1 %")
                .text("text").text("first difference").numbers("seconds").text("result");
        result.arms().forEach(arm -> table.row(String.join("/", arm.backend(), arm.precision(), arm.decoding()),
                number("%.2e", arm.hiddenError()), number("%.2e", arm.logitError()), number("%.2e", arm.divergence()),
                number("%.1f", 100 * arm.agreement()), arm.sameText() ? "same" : "other", arm.difference(),
                number("%.2f", arm.seconds()), arm.passes() ? "ok" : "FAILED"));
        table.print(out);
        out.flush();
    }

    /** Returns the parameters that differ from their defaults; empty if none does. */
    private static String unusual(Parameters common) {
        return Stream.of(Parameter.DEVICE, Parameter.PROVIDER, Parameter.CACHES, Parameter.THREADS)
                .filter(parameter -> !common.text(parameter).equals(parameter.defaultValue()))
                .map(parameter -> ", " + parameter.label() + "=" + common.text(parameter))
                .collect(Collectors.joining());
    }
}
