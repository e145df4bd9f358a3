package io.notagenbench.arms;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Arms decode the same recorded patches in turns, on one device. In each round every arm decodes some patches. All arms
 * are at the same place of the piece, deep enough in it that the context is full.
 *
 * @param common  model, work, sampling and seed; {@code patches} is how many of each arm are timed
 * @param arms    the first is what the others are compared with
 * @param windows every arm runs with each of these values of {@code patchLength}
 * @param threads every arm runs with each of these numbers
 * @param skipped patches of the piece before the first
 * @param rounds  in which the patches are decoded
 */
public record Race(Parameters common, List<Arm> arms, List<Integer> windows, List<Integer> threads, int skipped,
        int rounds) {

    /**
     * @throws Fault (usage) if the work is not recorded or too short, an arm has no kernel, or a window has more
     *               patches than the model has positions
     */
    public Race {
        if (rounds < 1) {
            throw Fault.usage("--rounds must be at least 1, not " + rounds + ".");
        }
        if (skipped < 0) {
            throw Fault.usage("--skip must be at least 0, not " + skipped + ".");
        }
        int patches = common.whole(Parameter.PATCHES);
        Trace trace = GenerationSettings.of(common).trace().orElseThrow(() ->
                Fault.usage("race needs recorded work, so that all arms do the same:"
                        + " choose -p work=long or another trace."));
        int needed = skipped + RacingArm.WARM_UP + patches;
        if (needed > trace.patches().size()) {
            throw Fault.usage("The trace " + trace.name() + " has " + trace.patches().size() + " patches, and " + needed
                    + " are needed: choose a smaller -p patches or --skip.");
        }
        if (patches < rounds) {
            throw Fault.usage("-p patches=" + patches + " is too few for --rounds " + rounds
                    + ": each round needs a patch. Choose fewer rounds or more patches.");
        }
        arms.forEach(arm -> arm.requireKernel(common));
        String model = common.text(Parameter.MODEL);
        ModelConfig config = ModelSource.config(model);
        windows.forEach(window -> piece(common, window).requireRows(config, model));
    }

    private static GenerationSettings piece(Parameters common, int window) {
        return GenerationSettings.of(common.with(Parameter.PATCH_LENGTH, String.valueOf(window))).endless();
    }

    /**
     * Runs it.
     *
     * @param progress gets a sentence for each finished step
     */
    public RaceResult run(Consumer<String> progress) {
        try (LoadedModels models = new LoadedModels(progress);
                ReadBandwidth limit = new ReadBandwidth(Device.of(common.text(Parameter.DEVICE)), Collections.max(threads))) {
            List<RacingArm> racing = new ArrayList<>();
            try {
                return run(racing, models, limit, progress);
            } finally {
                racing.forEach(RacingArm::close);
            }
        }
    }

    private RaceResult run(List<RacingArm> racing, LoadedModels models, ReadBandwidth limit, Consumer<String> progress) {
        Map<String, Double> loads = new LinkedHashMap<>();
        for (int window : windows) {
            for (int count : threads) {
                for (Arm arm : arms) {
                    LoadedArm loaded = models.load(arm, common.with(Parameter.THREADS, String.valueOf(count)));
                    loads.putIfAbsent(arm.label(), models.seconds(loaded));
                    racing.add(new RacingArm(loaded, piece(common, window), skipped));
                }
            }
        }
        racing.forEach(RacingArm::warmUp);
        progress.accept("every arm has decoded " + RacingArm.WARM_UP + " patches to warm up");
        new Turns(rounds, common.seed()).run(racing, round -> {
            progress.accept("round " + round + " of " + rounds);
            limit.measure();
        }, (arm, round, position) -> arm.turn(patchesOf(round)));
        limit.measure();
        return RaceResult.of(this, racing, loads, limit.gigabytes());
    }

    /** Divides the patches among the rounds as evenly as whole patches allow. */
    private int patchesOf(int round) {
        int patches = common.whole(Parameter.PATCHES);
        return patches * round / rounds - patches * (round - 1) / rounds;
    }
}
