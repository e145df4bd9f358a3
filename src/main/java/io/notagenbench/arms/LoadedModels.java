package io.notagenbench.arms;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The models of all arms that take turns, in memory at the same time. */
final class LoadedModels implements AutoCloseable {

    private final Consumer<String> progress;
    private final Map<EngineSettings, NotaGenModel> models = new LinkedHashMap<>();
    private final Map<NotaGenModel, Double> seconds = new IdentityHashMap<>();

    /** @param progress gets a sentence for each model that was loaded */
    LoadedModels(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Loads the model of an arm, unless an earlier arm has the same.
     *
     * @param common the model, and everything else that an arm does not decide
     */
    LoadedArm load(Arm arm, Parameters common) {
        Arm loaded = sharing(arm);
        EngineSettings settings = loaded.settings(common);
        if (!models.containsKey(settings)) {
            long start = System.nanoTime();
            try (Weights weights = ModelSource.open(common.text(Parameter.MODEL))) {
                models.put(settings, loaded.open(common, weights));
            }
            seconds.put(models.get(settings), (System.nanoTime() - start) / 1e9);
            progress.accept(arm.label() + ", threads=" + settings.threads() + ": model loaded");
        }
        return new LoadedArm(arm, models.get(settings));
    }

    /** The arm whose model serves this one as well: speculative decoding runs the kernels of cached decoding. */
    private static Arm sharing(Arm arm) {
        return arm.decoding() == Decoding.SPECULATIVE ? new Arm(arm.backend(), arm.precision(), Decoding.CACHED) : arm;
    }

    /** How long it took to load an arm's model, and to start the engine if this was its first. */
    double seconds(LoadedArm arm) {
        return seconds.get(arm.model());
    }

    @Override
    public void close() {
        models.values().forEach(NotaGenModel::close);
    }
}
