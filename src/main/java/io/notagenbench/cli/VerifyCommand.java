package io.notagenbench.cli;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.Backend;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.Precision;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "backend and decoding take lists here and are all of them by default; patches is "
                    + VerifyCommand.DEFAULT_PATCHES + " and context " + VerifyCommand.DEFAULT_CONTEXT + "."})
final class VerifyCommand implements Callable<Integer> {

    /** Budget of patches of each text: enough for a stream cut in a window of 32. */
    static final String DEFAULT_PATCHES = "48";

    /** Patches of the teacher-forced context: the fp64 pass is slow. */
    static final String DEFAULT_CONTEXT = "16";

    /** Enough of a SHA-256 to know a file by. */
    private static final int HASH_LETTERS = 12;

    @Mixin
    private ParameterOptions parameters;

    @Option(names = "--json", paramLabel = "FILE",
            description = "Writes what was found as JSON, too: as verify.json in a results folder it stands in the report.")
    private Path json;

    @Spec
    private CommandSpec spec;

    /** One text and the draws that led to it. */
    private record Text(Piece piece, DrawLog draws) {
    }

    @Override
    public Integer call() {
        Map<Parameter, List<String>> lists = parameters.lists();
        List<Backend> backends = Optional.ofNullable(lists.remove(Parameter.BACKEND))
                .map(labels -> labels.stream().map(Backend::of).toList()).orElse(Arrays.asList(Backend.values()));
        Optional<List<Decoding>> asked = Optional.ofNullable(lists.remove(Parameter.DECODING))
                .map(labels -> labels.stream().map(Decoding::of).toList());
        Parameters rest = rest(lists);
        List<EngineSettings> arms = new ArrayList<>();
        for (Backend backend : backends) {
            for (Decoding decoding : asked.orElse(Arrays.asList(Decoding.values()))) {
                EngineSettings arm = EngineSettings.of(rest.with(Parameter.BACKEND, backend.label())
                        .with(Parameter.DECODING, decoding.label()));
                // Of all decodings those that have this precision; one that was asked for by name is opened and refused.
                if (asked.isPresent() || BackendProvider.of(backend).refusal(arm).isEmpty()) {
                    arms.add(arm);
                }
            }
        }
        if (arms.isEmpty()) {
            throw Fault.usage("no backend has precision=" + rest.text(Parameter.PRECISION) + " on device="
                    + rest.text(Parameter.DEVICE) + ": choose precision=fp32 on device=cpu");
        }
        arms.forEach(arm -> BackendProvider.of(arm.backend()).missing(arm).ifPresent(reason -> {
            throw Fault.failed(reason);
        }));
        List<ArmCheck> checks = check(arms, rest);
        VerificationTable.write(checks, spec.commandLine().getOut());
        return checks.stream().allMatch(ArmCheck::passes) ? 0 : Fault.FAILED;
    }

    private static Parameters rest(Map<Parameter, List<String>> lists) {
        Parameters rest = Parameters.defaults()
                .with(Parameter.PATCHES, DEFAULT_PATCHES)
                .with(Parameter.CONTEXT, DEFAULT_CONTEXT);
        for (Map.Entry<Parameter, List<String>> entry : lists.entrySet()) {
            rest = rest.with(entry.getKey(), Parameters.single(entry.getKey(), entry.getValue()));
        }
        return rest;
    }

    private List<ArmCheck> check(List<EngineSettings> arms, Parameters parameters) {
        GenerationSettings settings = GenerationSettings.of(parameters);
        try (Weights weights = ModelSource.open(parameters.text(Parameter.MODEL))) {
            int rows = weights.config().rows();
            settings.requireRows(rows);
            TeacherForced forced = TeacherForced.of(Trace.load(Trace.SHIPPED.get(0)),
                    Math.min(rows, parameters.whole(Parameter.CONTEXT)));
            spec.commandLine().getOut().printf("model %s (%s): errors over a context of %d patches, %s in a window"
                    + " of %d, seed %d%n", weights.name(), weights.hash().substring(0, HASH_LETTERS),
                    forced.patches(),
                    settings.patches() == 0 ? "whole texts" : "texts of " + settings.patches() + " patches",
                    settings.patchLength(), settings.seed());
            TeacherForced.Reference reference = forced.reference(weights);
            double[][][] logits = PrecisionLoss.reference(weights, forced.context());
            List<ArmCheck> checks = new ArrayList<>();
            Text first = fp32(arms.get(0), weights, settings);
            for (EngineSettings arm : arms) {
                try (NotaGenModel model = BackendProvider.of(arm.backend()).open(arm, weights)) {
                    TeacherForced.Values values = forced.run(model, arm.decoding());
                    PrecisionLoss loss = PrecisionLoss.of(model, logits, forced.context());
                    Text text = write(model, arm.decoding(), settings);
                    checks.add(new ArmCheck(arm.backend(), arm.decoding(), arm.precision(), loss,
                            reference.hiddenError(values), reference.logitError(values), reference.magnitude(),
                            text.piece().raw().equals(first.piece().raw()), first.draws().divergence(text.draws()),
                            text.piece().times().total()));
                }
            }
            if (json != null) {
                VerificationJson.of(weights, parameters, forced.patches(), checks).write(json);
            }
            return checks;
        }
    }

    /** The text that every arm should write. */
    private static Text fp32(EngineSettings arm, Weights weights, GenerationSettings settings) {
        EngineSettings exact = new EngineSettings(arm.backend(), arm.device(), Precision.FP32, Decoding.CACHED,
                arm.threads());
        try (NotaGenModel model = BackendProvider.of(arm.backend()).open(exact, weights)) {
            return write(model, Decoding.CACHED, settings);
        }
    }

    private static Text write(NotaGenModel model, Decoding decoding, GenerationSettings settings) {
        DrawLog draws = new DrawLog();
        try (PatchDecoder decoder = PatchDecoders.open(decoding, model, settings.patchLength())) {
            return new Text(new PieceGenerator(settings, decoder, PieceListener.NONE, draws).generate(), draws);
        }
    }
}
