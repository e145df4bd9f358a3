package io.notagenbench.engine.onnx;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.DeviceBuffer;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.OperatorChain;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.fault.Fault;

/** The probes of ONNX Runtime. Its Java API keeps no tensors on a card between calls, so nothing can be read or copied there. */
record OnnxProbes(OnnxBackend backend) implements RooflineProbes {

    @Override
    public LinearLayers linearLayers(EngineSettings settings, Weights weights) {
        backend.require(settings);
        return backend.loaded(settings, "the linear layers of " + weights.name(), () -> OnnxLinearLayers.load(settings, weights));
    }

    @Override
    public ReadBuffer readBuffer(EngineSettings settings, long elements) {
        backend.require(settings);
        if (settings.device().kind() != Device.Kind.CPU) {
            throw noBuffer(settings);
        }
        return backend.loaded(settings, "a vector of " + elements, () -> OnnxReadBuffer.of(settings, elements));
    }

    @Override
    public DeviceBuffer deviceBuffer(EngineSettings settings, long elements) {
        throw noBuffer(settings);
    }

    private static Fault noBuffer(EngineSettings settings) {
        return RooflineProbes.skipped("backend=onnx keeps no tensor of its caller's on device=" + settings.device().label()
                + " between calls, so there is none to copy or to read there: choose backend=pytorch.");
    }

    @Override
    public OperatorChain operatorChain(EngineSettings settings, int operators) {
        backend.require(settings);
        return backend.loaded(settings, "a chain of " + operators + " operators", () -> OnnxChain.of(settings, operators));
    }
}
