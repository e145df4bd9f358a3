package io.notagenbench.arms;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.arms.original.Answer;
import io.notagenbench.arms.original.Original;
import io.notagenbench.arms.original.OriginalOrder;
import io.notagenbench.arms.original.TemporaryFolder;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.PthWriter;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Lets the original and some arms write the same piece in turns: in every round each of them once, in random order, so
 * that whatever else the machine does meets all of them alike. All models stay loaded. Each first writes the beginning
 * of the piece untimed.
 *
 * @param checkout   folder of the original's sources
 * @param python     executable that has its requirements
 * @param arms       what it is compared with
 * @param threads    on both sides
 * @param parameters model, prompt, window, sampling, seed and budget
 * @param rounds     at least 1
 * @param timeout    for each piece, and for loading the original's model
 */
public record OriginalRace(Path checkout, String python, List<Arm> arms, int threads, Parameters parameters, int rounds,
        Duration timeout) {

    /** Parameters that say what both sides write. */
    public static final List<Parameter> SHARED = List.of(Parameter.MODEL, Parameter.PATCH_LENGTH, Parameter.TEMPERATURE,
            Parameter.TOP_K, Parameter.TOP_P, Parameter.SEED, Parameter.PROMPT, Parameter.PATCHES, Parameter.THREADS);

    /** Patches of the untimed beginning. */
    private static final int WARM_UP = 4;

    /**
     * Runs it.
     *
     * @param progress hears a sentence whenever something has been done
     * @throws io.notagenbench.fault.Fault if a side cannot be started or fails
     */
    public OriginalResult run(Consumer<String> progress) {
        Original.checkCheckout(checkout);
        arms.forEach(arm -> arm.settings(threads));
        GenerationSettings settings = settings(parameters.whole(Parameter.PATCHES));
        String model = parameters.text(Parameter.MODEL);
        try (TemporaryFolder folder = new TemporaryFolder(); Weights weights = ModelSource.open(model)) {
            settings.requireRows(weights.config().rows());
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
            throw Fault.usage("prompt=" + settings.prompt().label() + " has " + patches + " patches, more than patchLength="
                    + settings.patchLength() + ": the original cannot begin there. Choose a larger window or a shorter prompt.");
        }
    }

    private GenerationSettings settings(int patches) {
        GenerationSettings given = GenerationSettings.of(parameters);
        return new GenerationSettings(given.prompt(), given.patchLength(), given.sampling(), given.seed(), patches,
                given.trace(), timeout);
    }

    private Original start(Path folder, Weights weights, GenerationSettings settings) {
        ModelConfig config = weights.config();
        Path copy = folder.resolve("model.pth");
        Path readable = weights.original().orElseGet(() -> {
            PthWriter.write(weights, copy);
            return copy;
        });
        Original original = Original.start(python,
                OriginalOrder.of(checkout, readable, config, settings, threads), folder, timeout);
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
        List<OwnArm> own = new ArrayList<>();
        try {
            for (Arm arm : arms) {
                OwnArm opened = OwnArm.open(arm, threads, parameters.text(Parameter.MODEL));
                own.add(opened);
                loads.put(opened.label(), opened.loadSeconds());
                progress.accept(opened.label() + ": model loaded");
            }
            int budget = settings.patches();
            int beginning = budget == 0 ? WARM_UP : Math.min(WARM_UP, budget);
            original.write(beginning);
            own.forEach(arm -> arm.write(settings(beginning)));
            List<OriginalRun> runs = new ArrayList<>();
            Random random = new Random(settings.seed());
            for (int round = 1; round <= rounds; round++) {
                // Index 0 is the original.
                List<Integer> order = new ArrayList<>();
                for (int i = 0; i <= own.size(); i++) {
                    order.add(i);
                }
                Collections.shuffle(order, random);
                for (int at = 0; at < order.size(); at++) {
                    int turn = order.get(at);
                    OriginalRun run = turn == 0 ? theirs(round, at + 1, original.write(budget))
                            : ours(round, at + 1, own.get(turn - 1).label(), own.get(turn - 1).write(settings));
                    runs.add(run);
                    progress.accept(String.format("round %d of %d, %s: %.2f s", round, rounds, run.arm(),
                            run.seconds()));
                }
            }
            return new OriginalResult(parameters.text(Parameter.MODEL), hash, workParameters(),
                    original.ready().threads(), original.ready().versions(), loads, runs);
        } finally {
            own.forEach(OwnArm::close);
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

    private static OriginalRun ours(int round, int position, String arm, Piece piece) {
        return new OriginalRun(round, position, arm, piece.work().patches(), piece.work().cuts(), piece.times().total(),
                piece.outcome() == Outcome.CONTEXT_FULL, piece.raw());
    }
}
