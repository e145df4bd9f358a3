package io.notagenbench.arms;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.arms.original.Answer;
import io.notagenbench.arms.original.Original;
import io.notagenbench.arms.original.OriginalSettings;
import io.notagenbench.arms.original.TemporaryFolder;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.PthWriter;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The original and some arms write the same piece in turns, on the CPU. In each round each of them writes it once.
 * All models stay in memory. Each first writes the beginning of the piece untimed.
 *
 * @param checkout   folder of the original's sources
 * @param python     executable that has its requirements
 * @param arms       what it is compared with
 * @param parameters model, prompt, window, sampling, seed, budget, and the threads of both sides
 * @param rounds     at least 1
 * @param timeout    for each piece, and for loading the original's model
 */
public record OriginalRace(Path checkout, String python, List<Arm> arms, Parameters parameters, int rounds,
        Duration timeout) {

    /** Parameters that say what both sides write. */
    public static final List<Parameter> SHARED = List.of(Parameter.MODEL, Parameter.PATCH_LENGTH, Parameter.TEMPERATURE,
            Parameter.TOP_K, Parameter.TOP_P, Parameter.SEED, Parameter.PROMPT, Parameter.PATCHES, Parameter.THREADS);

    /** Patches that each arm writes untimed before the first round. */
    private static final int WARM_UP = 4;

    /** A participant: the original or an arm. */
    private interface Writer {

        /** Writes the piece up to a budget of patches; 0 writes it to its end. */
        OriginalRun write(int round, int position, int patches);
    }

    /**
     * Runs it.
     *
     * @param progress gets a sentence for each finished step
     * @throws Fault if the original or an arm cannot be started or fails
     */
    public OriginalResult run(Consumer<String> progress) {
        Original.checkCheckout(checkout);
        arms.forEach(arm -> arm.requireKernel(parameters));
        GenerationSettings settings = settings();
        try (TemporaryFolder folder = new TemporaryFolder();
                Weights weights = ModelSource.open(parameters.text(Parameter.MODEL))) {
            settings.requireRows(weights.config(), weights.name());
            requireRoom(settings);
            try (Original original = start(folder.path(), weights, settings)) {
                progress.accept("original: model loaded");
                return run(original, weights.hash(), settings, progress);
            }
        }
    }

    private static void requireRoom(GenerationSettings settings) {
        int patches = PatchCodec.encodePrompt(settings.prompt()).length / ModelConfig.PATCH_SIZE;
        if (patches > settings.patchLength()) {
            throw Fault.usage("prompt=" + settings.prompt().label() + " has " + patches
                    + " patches, more than patchLength=" + settings.patchLength()
                    + ": the original cannot begin there. Choose a larger window or a shorter prompt.");
        }
    }

    private GenerationSettings settings() {
        GenerationSettings given = GenerationSettings.of(parameters);
        return new GenerationSettings(given.prompt(), given.patchLength(), given.sampling(), given.seed(),
                given.patches(), given.trace(), timeout);
    }

    private Original start(Path folder, Weights weights, GenerationSettings settings) {
        Path copy = folder.resolve("model.pth");
        Path readable = weights.original().orElseGet(() -> {
            PthWriter.write(weights, copy);
            return copy;
        });
        int threads = arms.get(0).settings(parameters).threads();
        Original original = Original.start(python,
                OriginalSettings.of(checkout, readable, weights.config(), settings, threads), folder,
                timeout);
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            original.close();
            throw new UncheckedIOException(e);
        }
        return original;
    }

    private OriginalResult run(Original original, String hash, GenerationSettings settings, Consumer<String> progress) {
        Map<String, Double> loads = new LinkedHashMap<>();
        loads.put(Original.LABEL, original.ready().importSeconds() + original.ready().loadSeconds());
        try (LoadedModels models = new LoadedModels(progress)) {
            List<Writer> writers = new ArrayList<>();
            writers.add((round, position, patches) -> theirs(round, position, original.write(patches)));
            for (Arm arm : arms) {
                LoadedArm loaded = models.load(arm, parameters);
                loads.put(arm.label(), models.seconds(loaded));
                writers.add((round, position, patches) -> ours(round, position, loaded, settings.budget(patches)));
            }
            int budget = settings.patches();
            int beginning = budget == 0 ? WARM_UP : Math.min(WARM_UP, budget);
            writers.forEach(writer -> writer.write(0, 0, beginning));
            List<OriginalRun> runs = new ArrayList<>();
            new Turns(rounds, settings.seed()).run(writers, round -> { }, (writer, round, position) -> {
                OriginalRun run = writer.write(round, position, budget);
                runs.add(run);
                progress.accept(String.format("round %d of %d, %s: %.2f s", round, rounds, run.arm(), run.seconds()));
            });
            return new OriginalResult(parameters.text(Parameter.MODEL), hash, workParameters(),
                    original.ready().threads(), original.ready().versions(), loads, runs);
        }
    }

    private Map<String, String> workParameters() {
        Map<String, String> work = new LinkedHashMap<>();
        SHARED.forEach(parameter -> work.put(parameter.label(), parameters.text(parameter)));
        return work;
    }

    private static OriginalRun theirs(int round, int position, Answer.Written piece) {
        return new OriginalRun(round, position, Original.LABEL, piece.patches(), piece.cuts(), piece.seconds(),
                piece.contextFull(), piece.text());
    }

    /** A full context is not an error, because the original ends there as well. */
    private static OriginalRun ours(int round, int position, LoadedArm loaded, GenerationSettings settings) {
        Piece piece = loaded.write(settings, DrawListener.NONE);
        String arm = loaded.arm().label();
        if (piece.outcome() == Outcome.TIMEOUT) {
            throw Fault.failed("arm " + arm + " took longer than the " + settings.timeLimit().toSeconds()
                    + " s that --timeout gives each piece.");
        }
        if (piece.outcome() != Outcome.OK && piece.outcome() != Outcome.CONTEXT_FULL) {
            throw Fault.failed("arm " + arm + " did not write the piece (" + piece.outcome() + "): "
                    + piece.reason().orElse("no reason given") + ".");
        }
        return new OriginalRun(round, position, arm, piece.work().patches(), piece.work().cuts(), piece.times().total(),
                piece.outcome() == Outcome.CONTEXT_FULL, piece.raw());
    }
}
