package io.notagenbench.engine.pytorch;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.CallCheck;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.ModelPart;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.QuantisedWeightCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model in PyTorch: the script of each of its parts on the part's device. */
final class PyTorchModel implements NotaGenModel {

    private final EngineSettings settings;
    private final ModelConfig config;
    private final List<PartScript> parts = new ArrayList<>();

    private PyTorchModel(EngineSettings settings, ModelConfig config) {
        this.settings = settings;
        this.config = config;
    }

    /** @param cache the file of the quantised matrices, where there are any and it could be written */
    static PyTorchModel load(EngineSettings settings, Weights weights, Optional<QuantisedWeightCache> cache) {
        return load(settings, weights, ModelScript.source(settings), cache);
    }

    /** @param script source of the class */
    static PyTorchModel load(EngineSettings settings, Weights weights, String script, Optional<QuantisedWeightCache> cache) {
        PyTorchModel model = new PyTorchModel(settings, weights.config());
        List<ModelPart> parts = ModelPart.of(weights.config(), settings.device());
        try {
            for (int i = 0; i < parts.size(); i++) {
                PartScript part = PartScript.load(parts.get(i), settings.device().parts().get(i), script, settings);
                model.parts.add(part);
                new WeightTransfer(part, weights, PyTorchBackend.schemesOf(settings.precision()), cache).run();
            }
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The script of the last part, which has the char level; that of the whole model where it is not split. */
    PartScript last() {
        return parts.get(parts.size() - 1);
    }

    /** The script of the first part of a model that is split. */
    Optional<PartScript> front() {
        return parts.size() == 1 ? Optional.empty() : Optional.of(parts.get(0));
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public EngineSettings settings() {
        return settings;
    }

    @Override
    public EngineSession newSession(int window) {
        return new PyTorchEngineSession(this, CallCheck.window(window, config));
    }

    @Override
    public BatchSession newBatch(int slots, int window) {
        return new PyTorchBatchSession(this, BatchCheck.slots(slots, settings), CallCheck.window(window, config));
    }

    @Override
    public void close() {
        parts.forEach(PartScript::close);
        PyTorchEngine.giveBack(settings.device());
    }
}
