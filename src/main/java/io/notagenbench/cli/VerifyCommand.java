package io.notagenbench.cli;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Verification;
import io.notagenbench.sweep.Catalog;
import io.notagenbench.sweep.Feasibility;
import io.notagenbench.sweep.Plan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Proves that every backend and decoding computes the model: hidden states and logits against the plain fp64 forward
 * pass, and the same text from the same seed.
 */
@Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = {"Checks that every backend and decoding computes your model exactly and writes the same text; for a reduced"
            + " precision, what it loses against double precision.",
            "model, device, threads, precision, backend and decoding take lists here."})
final class VerifyCommand implements Callable<Integer> {

    /** Budget of patches of each text: enough for a stream cut in a window of 32. */
    static final String DEFAULT_PATCHES = "48";

    /** Patches of the teacher-forced context: the fp64 pass is slow. */
    static final String DEFAULT_CONTEXT = "16";

    @Mixin
    private ParameterOptions parameters = ParameterOptions.without(Parameter.BATCH, Parameter.PIECES, Parameter.BUFFER)
            .withDefault(Parameter.PATCHES, DEFAULT_PATCHES).withDefault(Parameter.CONTEXT, DEFAULT_CONTEXT)
            .showing(Parameter.BACKEND, "all").showing(Parameter.DECODING, "all");

    @Option(names = "--plan", paramLabel = "PLAN", description =
        "Checks what a sweep of this plan measures: its models, devices, threads, precisions, backends and decodings,"
        + " with any -p that the sweep takes; the texts stay those of verify.")
    private String plan;

    @Option(names = "--json", paramLabel = "FILE",
            description = "Writes what was found as JSON, too: as verify.json in a results folder it stands in the report.")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (json != null) {
            OutputFile.check("--json", json);
        }
        List<ArmGroup> groups = plan == null ? listed() : planned();
        if (groups.isEmpty()) {
            out.println("Nothing of " + plan + " that runs a model can run here: there is nothing to verify.");
            return 0;
        }
        List<Verification> found = new ArrayList<>();
        Map<String, List<ArmGroup>> models = groups.stream().collect(Collectors.groupingBy(
                group -> group.parameters().text(Parameter.MODEL), LinkedHashMap::new, Collectors.toList()));
        models.forEach((model, ofModel) -> {
            int context = ofModel.get(0).parameters().whole(Parameter.CONTEXT);
            try (ModelCheck check = ModelCheck.open(model, context)) {
                ofModel.forEach(group -> found.add(check.check(group, out)));
            }
        });
        if (json != null) {
            Verification.write(found, json);
        }
        return found.stream().flatMap(model -> model.arms().stream()).allMatch(Verification.Arm::passes) ? 0 : Fault.FAILED;
    }

    private List<ArmGroup> listed() {
        List<ArmGroup> groups = ArmGroup.listed(parameters.lists(), parameters.unasked());
        PromptWarnings.tell(groups.stream().map(group -> group.parameters().text(Parameter.PROMPT)).toList(),
                spec.commandLine().getErr());
        groups.stream().flatMap(group -> group.arms().stream())
                .forEach(arm -> BackendProvider.of(arm.backend()).missing(arm).ifPresent(reason -> {
                    throw Fault.failed(reason);
                }));
        return groups;
    }

    private List<ArmGroup> planned() {
        Map<Parameter, List<String>> given = parameters.ranges();
        RequiredDevices.check(given);
        return ArmGroup.planned(Plan.load(plan).cells(Catalog.ofClassPath(), given, Map.of()), new Feasibility(), parameters.unasked());
    }
}
