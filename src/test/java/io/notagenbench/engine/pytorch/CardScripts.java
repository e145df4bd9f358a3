package io.notagenbench.engine.pytorch;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.QuantisedWeightCache;
import io.notagenbench.params.Precision;
import java.util.Optional;

/** The scripts for cards, run on the CPU: whatever runs them, they must be the model. */
public final class CardScripts implements BackendProvider {

    private final PyTorchBackend pytorch = new PyTorchBackend();

    @Override
    public String name() {
        return pytorch.name();
    }

    @Override
    public String engineVersion() {
        return pytorch.engineVersion();
    }

    /** What is refused on a card, and what no processor can show: TF32, and int4 where this PyTorch has its kernel for cards only. */
    @Override
    public Optional<String> refusal(EngineSettings settings) {
        if (settings.precision() == Precision.TF32 || settings.precision() == Precision.INT4 && !ModelScript.hasOneInt4Kernel()) {
            return Optional.of("precision=" + settings.precision().label() + " needs a card; choose precision=fp32.");
        }
        return pytorch.refusal(new EngineSettings(settings.backend(), Device.of("cuda"), settings.precision(),
                settings.decoding(), settings.threads()));
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        PyTorchEngine.start(engineVersion(), settings.device());
        return PyTorchModel.load(settings, weights,
                ModelScript.source(settings.decoding(), settings.precision(), Device.Kind.CUDA),
                QuantisedWeightCache.of(weights, pytorch.schemes(settings.precision(), settings.device().kind())));
    }
}
