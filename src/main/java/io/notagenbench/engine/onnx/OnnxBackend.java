package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.Backend;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.OwnedModel;
import io.notagenbench.engine.Precision;
import io.notagenbench.fault.Fault;
import java.util.Optional;

/** ONNX Runtime through its Java API, in fp32. */
public final class OnnxBackend implements BackendProvider {

    @Override
    public Backend backend() {
        return Backend.ONNX;
    }

    @Override
    public String engineVersion() {
        return "ONNX Runtime " + OrtEnvironment.class.getPackage().getImplementationVersion();
    }

    @Override
    public Optional<String> refusal(EngineSettings settings) {
        if (settings.precision() != Precision.FP32) {
            return Optional.of("backend=onnx cannot run with precision=" + settings.precision().label()
                    + ": its graph is built with fp32 weights only; choose precision=fp32.");
        }
        return Optional.empty();
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        try {
            return OwnedModel.open(settings, weights.config(), () -> load(settings, weights));
        } catch (LinkageError e) {
            throw Fault.failed(engineVersion() + " has no native library for this machine, or it does not load: " + e.getMessage()
                    + "; choose backend=pytorch.", e);
        }
    }

    private NotaGenModel load(EngineSettings settings, Weights weights) {
        try {
            return OnnxModel.load(settings, weights, CacheForm.of(settings.device()));
        } catch (OrtException e) {
            throw Fault.failed(engineVersion() + " does not take the model " + weights.name() + ": " + e.getMessage(), e);
        }
    }
}
