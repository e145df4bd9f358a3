package io.notagenbench.engine.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.engine.BatchCheck;
import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.CallCheck;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.MatrixCache;
import io.notagenbench.engine.NotaGenModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A model in PyTorch: a TorchScript object that keeps the weights in the form its kernels read. */
final class PyTorchModel implements NotaGenModel {

    private final EngineSettings settings;
    private final ModelConfig config;
    private final PtModel model;

    private PyTorchModel(EngineSettings settings, ModelConfig config, PtModel model) {
        this.settings = settings;
        this.config = config;
        this.model = model;
    }

    /** @param cache the file of the quantised matrices, where there are any and it could be written */
    static PyTorchModel load(EngineSettings settings, Weights weights, Optional<MatrixCache> cache) {
        return load(settings, weights, ModelScript.source(settings), cache);
    }

    /** @param script source of the class */
    static PyTorchModel load(EngineSettings settings, Weights weights, String script, Optional<MatrixCache> cache) {
        ModelConfig config = weights.config();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("heads", config.heads());
        sizes.put("patch_layers", config.patchLayers());
        sizes.put("char_layers", config.charLayers());
        PtModel model = (PtModel) Model.newInstance("notagen", AskedDevice.of(settings.device()), "PyTorch");
        try {
            byte[] archive = ScriptArchive.of("NotaGen", script, sizes);
            model.load(new ByteArrayInputStream(archive), Map.of());
            PyTorchModel loaded = new PyTorchModel(settings, config, model);
            new HandOver(loaded, weights, cache).run();
            return loaded;
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new IllegalStateException("PyTorch does not take the script", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Runs a method of the script; the result is the caller's to close. */
    IValue run(String method, IValue... arguments) {
        PyTorchEngine.prepareThread(settings.threads());
        return IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), method, arguments);
    }

    /** A manager of its own for the tensors of one owner. */
    PtNDManager manager() {
        return (PtNDManager) model.getNDManager().newSubManager();
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
        model.close();
        FreedMemory.giveBack();
    }
}
