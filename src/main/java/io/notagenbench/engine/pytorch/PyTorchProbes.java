package io.notagenbench.engine.pytorch;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.DeviceBuffer;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.OperatorChain;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.engine.RooflineProbes;
import java.util.Optional;

/** The probes of PyTorch, each on one device. */
record PyTorchProbes(PyTorchBackend backend) implements RooflineProbes {

    @Override
    public LinearLayers linearLayers(EngineSettings settings, Weights weights) {
        backend.require(settings);
        settings.device().requireSingle();
        return new PyTorchLinearLayers(backend.load(settings, weights, Optional.empty()));
    }

    @Override
    public ReadBuffer readBuffer(EngineSettings settings, long elements) {
        return PyTorchBuffer.of(script(settings), elements);
    }

    @Override
    public DeviceBuffer deviceBuffer(EngineSettings settings, long elements) {
        return PyTorchBuffer.withTwin(script(settings), elements);
    }

    @Override
    public OperatorChain operatorChain(EngineSettings settings, int operators) {
        return new PyTorchChain(script(settings), operators);
    }

    private ProbeScript script(EngineSettings settings) {
        backend.require(settings);
        settings.device().requireSingle();
        PyTorchEngine.start(backend.engineVersion(), settings.device());
        return ProbeScript.load(settings.device(), settings.threads());
    }
}
