package io.notagenbench.arms;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets arms decode the same recorded patches in turns: in every round each of them some patches, in random order, so that
 * whatever else the machine does meets all of them alike. Every arm stands at the same place of the piece, deep enough in
 * it that its context is full.
 *
 * @param model   that all of them run
 * @param arms    the first is what the others are compared with
 * @param threads of a model call: every arm runs with each of these numbers
 * @param pieces  for each context window what is decoded; all of one trace
 * @param skipped patches of the piece before the first
 * @param patches of each arm that are timed
 * @param rounds  in which they are
 */
public record Race(String model, List<Arm> arms, List<Integer> threads, List<GenerationSettings> pieces, int skipped, int patches,
        int rounds) {

    /** Requires a trace that is long enough, arms that can run and windows that the model has positions for. */
    public Race {
        Trace trace = pieces.get(0).trace().orElseThrow(() ->
                Fault.usage("race needs recorded work, so that all arms do the same: choose -p work=long or another trace."));
        int length = trace.patches().size();
        if (skipped + Lane.WARM_UP + patches > length) {
            throw Fault.usage("the trace " + trace.name() + " has " + length + " patches and " + (skipped + Lane.WARM_UP + patches)
                    + " are asked for: choose a smaller -p patches or --skip.");
        }
        if (patches < rounds) {
            throw Fault.usage(patches + " patches cannot be timed in " + rounds + " rounds: choose fewer --rounds.");
        }
        arms.forEach(arm -> threads.forEach(arm::settings));
        int rows = ModelSource.config(model).rows();
        pieces.forEach(piece -> piece.requireRows(rows));
    }

    /**
     * Runs it.
     *
     * @param progress hears a sentence whenever something has been done
     */
    public RaceResult run(Consumer<String> progress) {
        Map<EngineSettings, NotaGenModel> models = new LinkedHashMap<>();
        Map<String, Double> loads = new LinkedHashMap<>();
        List<RacingArm> racing = new ArrayList<>();
        try (ReadLimit limit = new ReadLimit(Collections.max(threads))) {
            for (int count : threads) {
                for (Arm arm : arms) {
                    load(arm, count, models, loads, progress);
                }
            }
            for (GenerationSettings piece : pieces) {
                for (int count : threads) {
                    arms.forEach(arm -> racing.add(new RacingArm(arm, models.get(opened(arm, count)), piece, skipped)));
                }
            }
            racing.forEach(arm -> arm.lane().warmUp());
            progress.accept("every arm has decoded " + Lane.WARM_UP + " patches to warm up");
            new Turns(rounds, patches, pieces.get(0).seed()).run(racing, round -> {
                progress.accept("round " + (round + 1) + " of " + rounds);
                limit.measure();
            });
            limit.measure();
            return RaceResult.of(this, racing, loads, limit.gigabytes());
        } finally {
            racing.forEach(RacingArm::close);
            models.values().forEach(NotaGenModel::close);
        }
    }

    /** What a model is opened for: drafts need no kernels of their own, so such an arm shares the model of cached. */
    private static EngineSettings opened(Arm arm, int count) {
        EngineSettings settings = arm.settings(count);
        return settings.decoding() == Decoding.SPECULATIVE ? settings.with(settings.precision(), Decoding.CACHED) : settings;
    }

    private void load(Arm arm, int count, Map<EngineSettings, NotaGenModel> models, Map<String, Double> loads,
            Consumer<String> progress) {
        EngineSettings settings = opened(arm, count);
        if (models.containsKey(settings)) {
            return;
        }
        long start = System.nanoTime();
        try (Weights weights = ModelSource.open(model)) {
            models.put(settings, BackendProvider.of(arm.backend()).open(settings, weights));
        }
        loads.putIfAbsent(arm.label(), (System.nanoTime() - start) / 1e9);
        progress.accept(arm.label() + ", " + count + " threads: model loaded");
    }
}
