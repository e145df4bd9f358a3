package io.notagenbench.cli;

import io.notagenbench.abc.Prompt;
import io.notagenbench.abc.ScoreText;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Trace;
import io.notagenbench.generate.TraceFitter;
import io.notagenbench.generate.Uniforms;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes fixed work of a score that exists. */
@Command(name = "trace", mixinStandardHelpOptions = true, versionProvider = SuiteVersion.class,
        description = "Makes a trace, for -p work=FILE, of a score in ABC. A score in NotaGen's own form is taken as it"
                + " is. Any other is brought into that form first, as the original prepares its training data.")
final class TraceCommand implements Callable<Integer> {

    @picocli.CommandLine.Parameters(paramLabel = "SCORE.abc", description = "One tune.")
    private Path score;

    @Option(names = "-o", paramLabel = "FILE", required = true, description = "Where the trace is written.")
    private Path output;

    @Option(names = "--source", paramLabel = "TEXT",
            description = "Edition and encoder, kept in the trace. Without it the fields T:, C:, S:, B: and Z: of the"
                    + " score are kept.")
    private String source;

    @Mixin
    private ParameterOptions parameters = ParameterOptions.of(Parameter.MODEL, Parameter.BACKEND, Parameter.DEVICE,
            Parameter.PATCH_LENGTH, Parameter.TEMPERATURE, Parameter.TOP_K, Parameter.TOP_P, Parameter.SEED,
            Parameter.PROMPT, Parameter.THREADS)
            .showing(Parameter.PROMPT, "of the score")
            .meaning(Parameter.MODEL, "goes through the score and gives each character the interval that its"
                    + " random number is drawn from")
            .meaning(Parameter.PROMPT, "what the piece begins with; without it the first three lines of a score in"
                    + " NotaGen's form, and nothing before any other score");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Parameters given = parameters.single();
        OutputFile.check("-o", output);
        Optional<Prompt> prompt = given.isGiven(Parameter.PROMPT)
                ? Optional.of(Prompt.parse(given.text(Parameter.PROMPT))) : Optional.empty();
        ScoreText text = ScoreText.read(score, prompt);
        Trace trace = fit(given, text);
        OutputFile.write(output, trace.toJson());
        tell(text, trace);
        return 0;
    }

    private Trace fit(Parameters given, ScoreText text) {
        GenerationSettings settings = GenerationSettings.of(given);
        EngineSettings engine = EngineSettings.of(given);
        BackendProvider provider = BackendProvider.of(engine.backend());
        provider.require(engine);
        try (Weights weights = ModelSource.open(given.text(Parameter.MODEL))) {
            settings.requireRows(weights.config(), weights.name());
            try (NotaGenModel model = provider.open(engine, weights);
                    PatchDecoder decoder = PatchDecoders.open(Decoding.CACHED, model, settings.patchLength())) {
                return TraceFitter.fit(score.getFileName().toString(), text, settings, given.text(Parameter.MODEL),
                        weights.hash(), decoder, source == null ? text.source() : source);
            }
        }
    }

    private void tell(ScoreText text, Trace trace) {
        PrintWriter err = spec.commandLine().getErr();
        if (text.silentBars() > 0) {
            err.println("Left out, as in NotaGen's data: bars in which every voice rests, " + text.silentBars()
                    + " of them.");
        }
        int patches = trace.patches().size();
        err.printf(Locale.ROOT, "%s: %d bars, %d patches after the prompt, %.1f characters a patch.%n", output,
                text.body().size(), patches, (double) (text.text().length() - text.prompt().text().length()) / patches);
        if (trace.uniforms() instanceof Uniforms.Fitted fitted && fitted.fit().outside() > 0) {
            err.printf(Locale.ROOT, "Model %s with topK=%d, topP=%s would never write %.0f %% of the characters:"
                    + " docs/generate.md says how their random numbers are drawn.%n", fitted.fit().model(),
                    fitted.fit().topK(), fitted.fit().topP(), 100.0 * fitted.fit().outside() / trace.stream().length);
        }
        err.flush();
    }
}
