package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.DeviceBuffer;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.OperatorChain;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.params.Backend;
import io.notagenbench.params.ExecutionProvider;
import java.nio.file.Path;
import java.util.Optional;

/** The graphs for cards, run on the CPU: whatever runs them, they must be the model. */
public final class CardGraphs implements BackendProvider {

    private final OnnxBackend onnx = new OnnxBackend();
    private final ExecutionProvider provider;

    /** @param provider that the graphs are for */
    public CardGraphs(ExecutionProvider provider) {
        this.provider = provider;
    }

    @Override
    public Backend backend() {
        return Backend.ONNX;
    }

    @Override
    public String engineVersion() {
        return onnx.engineVersion();
    }

    /** What is refused on a card. */
    @Override
    public Optional<String> refusal(EngineSettings settings) {
        return onnx.refusal(new EngineSettings(settings.backend(), Device.of("cuda"), settings.precision(), settings.decoding(),
                settings.threads(), provider, settings.caches()));
    }

    @Override
    public Path libraries() {
        return onnx.libraries();
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        try {
            return OnnxModel.load(settings, weights, Target.valueOf(provider.name()));
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime does not take the graphs for cards: " + e.getMessage(), e);
        }
    }

    @Override
    public LinearLayers linearLayers(EngineSettings settings, Weights weights) {
        return onnx.linearLayers(ofTheCpu(settings), weights);
    }

    @Override
    public ReadBuffer readBuffer(EngineSettings settings, long elements) {
        return onnx.readBuffer(ofTheCpu(settings), elements);
    }

    /** What both have to do with no graph of a level. */
    private static EngineSettings ofTheCpu(EngineSettings settings) {
        return new EngineSettings(settings.backend(), Device.CPU, settings.precision(), settings.decoding(), settings.threads());
    }

    @Override
    public DeviceBuffer deviceBuffer(EngineSettings settings, long elements) {
        return onnx.deviceBuffer(settings, elements);
    }

    @Override
    public OperatorChain operatorChain(EngineSettings settings, int operators) {
        return onnx.operatorChain(ofTheCpu(settings), operators);
    }
}
