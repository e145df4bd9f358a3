package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.cuda.TensorRtPresence;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.DeviceBuffer;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.OperatorChain;
import io.notagenbench.engine.OwnedModel;
import io.notagenbench.engine.Quantisation;
import io.notagenbench.engine.ReadBuffer;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Backend;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import java.nio.file.Path;
import java.util.Optional;

/** ONNX Runtime through its Java API. */
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
    public Path libraries() {
        return OnnxLibraries.folder();
    }

    @Override
    public Optional<String> refusal(EngineSettings settings) {
        if (settings.device().isSplit()) {
            return Optional.of("backend=onnx runs a whole model on one device, not its layers on device="
                    + settings.device().label() + ": choose backend=pytorch or one device.");
        }
        if (settings.caches() == CachePlacement.HOST && settings.device().kind() == Device.Kind.CPU) {
            return Optional.of("caches=host is for cards: on device=cpu keys and values are in main memory as they are; choose"
                    + " caches=device or device=cuda.");
        }
        if (settings.provider() == ExecutionProvider.TENSORRT) {
            return settings.device().kind() == Device.Kind.CPU
                    ? Optional.of("provider=tensorrt runs on NVIDIA's cards, not on device=cpu: choose device=cuda or provider=cuda.")
                    : TensorRtProvider.refusal(settings).or(() -> reducedRecompute(settings));
        }
        if (settings.precision() == Precision.FP32) {
            return Optional.empty();
        }
        String pair = "backend=onnx cannot run with precision=" + settings.precision().label();
        boolean card = settings.device().kind() == Device.Kind.CUDA;
        if (card && (settings.precision() == Precision.BF16 || settings.precision() == Precision.TF32)) {
            return Optional.of(pair + " on device=" + settings.device().label()
                    + ": its graphs for cards are built in fp32, fp16, int8 and int4; choose one of these.");
        }
        if (!card && Quantisation.scheme(Backend.ONNX, settings.precision()).isEmpty()) {
            return Optional.of(pair + ": it has no fast kernel for that on the CPU; choose precision=int8, int4 or fp32.");
        }
        return reducedRecompute(settings);
    }

    private static Optional<String> reducedRecompute(EngineSettings settings) {
        return settings.decoding() != Decoding.RECOMPUTE || settings.precision() == Precision.FP32 ? Optional.empty()
                : Optional.of("backend=onnx cannot run with precision=" + settings.precision().label()
                        + " and decoding=recompute, which is what the original does in fp32; choose precision=fp32 or decoding=cached.");
    }

    @Override
    public Optional<String> missing(EngineSettings settings) {
        Optional<String> missing = BackendProvider.super.missing(settings);
        return settings.provider() == ExecutionProvider.CUDA ? missing
                : missing.or(() -> TensorRtPresence.look().missing("provider=tensorrt"))
                        .or(() -> TensorRtProvider.inexact(settings, System.getenv()));
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        return OwnedModel.open(settings, weights.config(), () -> loaded(settings, "the model " + weights.name(),
                () -> OnnxModel.load(settings, weights, Target.of(settings))));
    }

    @Override
    public LinearLayers linearLayers(EngineSettings settings, Weights weights) {
        require(settings);
        return loaded(settings, "the linear layers of " + weights.name(), () -> OnnxLinearLayers.load(settings, weights));
    }

    @Override
    public ReadBuffer readBuffer(EngineSettings settings, long elements) {
        require(settings);
        if (settings.device().kind() != Device.Kind.CPU) {
            throw noBuffer(settings);
        }
        return loaded(settings, "a vector of " + elements, () -> OnnxReadBuffer.of(settings, elements));
    }

    @Override
    public DeviceBuffer deviceBuffer(EngineSettings settings, long elements) {
        throw noBuffer(settings);
    }

    private static Fault noBuffer(EngineSettings settings) {
        return Fault.usage("backend=onnx keeps no tensor of its caller's on device=" + settings.device().label()
                + " between calls, so there is none to copy or to read there: choose backend=pytorch.");
    }

    @Override
    public OperatorChain operatorChain(EngineSettings settings, int operators) {
        require(settings);
        return loaded(settings, "a chain of " + operators + " operators", () -> OnnxChain.of(settings, operators));
    }

    /** What loads something into ONNX Runtime. */
    private interface Loader<T> {

        T load() throws OrtException;
    }

    private <T> T loaded(EngineSettings settings, String what, Loader<T> loader) {
        try {
            return loader.load();
        } catch (OrtException e) {
            throw Fault.failed(CudaProvider.outcome(settings.device(), e) + engineVersion() + " does not take " + what + ": " + e.getMessage().strip(), e);
        }
    }
}
