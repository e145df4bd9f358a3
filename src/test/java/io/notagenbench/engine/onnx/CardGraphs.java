package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.onnx.graph.GraphTarget;
import io.notagenbench.params.ExecutionProvider;
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
    public String name() {
        return onnx.name();
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
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        try {
            return OnnxModel.load(settings, weights, GraphTarget.valueOf(provider.name()));
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime does not take the graphs for cards: " + e.getMessage(), e);
        }
    }
}
