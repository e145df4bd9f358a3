package io.notagenbench.engine.pytorch;

import ai.djl.engine.EngineException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.Backend;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.Precision;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;

/** PyTorch through DJL, on the CPU, in fp32. */
public final class PyTorchBackend implements BackendProvider {

    @Override
    public Backend backend() {
        return Backend.PYTORCH;
    }

    @Override
    public String engineVersion() {
        Properties versions = new Properties();
        try (InputStream in = PyTorchBackend.class.getResourceAsStream("/pytorch-engine.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("the class path cannot be read", e);
        }
        return "PyTorch " + versions.getProperty("pytorch_version") + " (DJL " + versions.getProperty("djl_version") + ")";
    }

    @Override
    public Optional<String> refusal(EngineSettings settings) {
        if (settings.device().kind() != Device.Kind.CPU) {
            return Optional.of("backend=pytorch cannot run with device=" + settings.device().label()
                    + ": this build has " + engineVersion() + " for the CPU only; choose device=cpu.");
        }
        if (settings.precision() != Precision.FP32) {
            return Optional.of("backend=pytorch cannot run with precision=" + settings.precision().label()
                    + ": its script is written for fp32 weights only; choose precision=fp32.");
        }
        return Optional.empty();
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        refusal(settings).ifPresent(reason -> {
            throw Fault.usage(reason);
        });
        PyTorchEngine.start(engineVersion());
        try {
            return PyTorchModel.load(settings, weights);
        } catch (EngineException e) {
            throw Fault.failed(engineVersion() + " does not take the model " + weights.name() + ": " + e.getMessage(), e);
        }
    }
}
