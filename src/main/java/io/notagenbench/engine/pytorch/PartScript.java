package io.notagenbench.engine.pytorch;

import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.ModelPart;
import io.notagenbench.params.Precision;
import java.util.LinkedHashMap;
import java.util.Map;

/** A TorchScript object that keeps the weights of one part of a model on one device, in the form its kernels read. */
final class PartScript implements AutoCloseable {

    private final PtModel model;
    private final ModelPart part;
    private final Device device;
    private final EngineSettings settings;

    private PartScript(PtModel model, ModelPart part, Device device, EngineSettings settings) {
        this.model = model;
        this.part = part;
        this.device = device;
        this.settings = settings;
    }

    /**
     * Compiles the script; weights are to follow.
     *
     * @param device   of this part, a single one
     * @param script   source of the class
     * @param settings of the whole model
     */
    static PartScript load(ModelPart part, Device device, String script, EngineSettings settings) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("heads", part.model().heads());
        sizes.put("patch_layers", part.patchLayers());
        sizes.put("char_layers", part.charLayers());
        return new PartScript(CompiledScript.load(device, "NotaGen", script, sizes), part, device, settings);
    }

    /** Runs a method of the script; the result is the caller's to close. */
    IValue run(String method, IValue... arguments) {
        PyTorchEngine.prepareThread(settings.threads());
        if (device.kind() == Device.Kind.CUDA) {
            Tf32.allow(settings.precision() == Precision.TF32);
        }
        return IValueUtils.runMethod((PtSymbolBlock) model.getBlock(), method, arguments);
    }

    /** A manager of its own for the tensors of one owner. */
    PtNDManager manager() {
        return (PtNDManager) model.getNDManager().newSubManager();
    }

    ModelPart part() {
        return part;
    }

    Device device() {
        return device;
    }

    @Override
    public void close() {
        model.close();
    }
}
