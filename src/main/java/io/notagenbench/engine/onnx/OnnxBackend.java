package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.cuda.TensorRtPresence;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.CardKernels;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LevelSchemes;
import io.notagenbench.engine.ModelOnDevice;
import io.notagenbench.engine.ModelPart;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.engine.WeightFormat;
import io.notagenbench.engine.onnx.graph.GraphForm;
import io.notagenbench.engine.onnx.graph.GraphTarget;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ONNX Runtime through its Java API. */
public final class OnnxBackend implements BackendProvider {

    private static final Set<Precision> NOT_ON_CARDS = EnumSet.of(Precision.BF16, Precision.TF32, Precision.MIXED);
    private static final CardKernels CARDS = CardKernels.of(List.of("6.0", "7.0", "7.5", "8.0", "8.6", "8.9", "9.0", "12.0"),
            Map.of(), "machine code in libonnxruntime_providers_cuda.so of ONNX Runtime 1.29.0");

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public String engineVersion() {
        return "ONNX Runtime " + OrtEnvironment.class.getPackage().getImplementationVersion();
    }

    @Override
    public Optional<Path> libraries() {
        return Optional.of(OnnxLibraries.folder());
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
                    : TensorRtExecutionProvider.refusal(settings).or(() -> reducedRecompute(settings));
        }
        if (settings.precision() == Precision.FP32) {
            return Optional.empty();
        }
        String pair = "backend=onnx cannot run with precision=" + settings.precision().label();
        boolean card = settings.device().kind() == Device.Kind.CUDA;
        if (card && NOT_ON_CARDS.contains(settings.precision())) {
            return Optional.of(pair + " on device=" + settings.device().label()
                    + ": its graphs for cards are built in fp32, fp16, int8 and int4; choose one of these.");
        }
        if (!card && schemes(settings.precision(), Device.Kind.CPU).isEmpty()) {
            return Optional.of(pair + ": it has no fast kernel for that on the CPU; choose precision=int8, int4, mixed or fp32.");
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
                        .or(() -> TensorRtExecutionProvider.inexact(settings, System.getenv()));
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        return ModelOnDevice.open(settings, weights.config(), () -> loaded(settings, "the model " + weights.name(),
                () -> OnnxModel.load(settings, weights, GraphTarget.of(settings))));
    }

    @Override
    public Optional<String> batchRefusal(EngineSettings settings) {
        return settings.device().kind() == Device.Kind.CPU ? Optional.empty()
                : Optional.of("backend=onnx decodes pieces together on device=cpu only, not on device="
                        + settings.device().label() + ": choose device=cpu or backend=pytorch.");
    }

    @Override
    public Optional<LevelSchemes> schemes(Precision precision, Device.Kind kind) {
        return GraphForm.schemes(precision, kind == Device.Kind.CPU);
    }

    /**
     * On the CPU ONNX Runtime packs the matrices of one level after the other, and meanwhile has the matrices of that level twice.
     * It reads quantised ones from their file.
     */
    @Override
    public long loadingBytes(ModelPart part, Precision precision) {
        if (schemes(precision, Device.Kind.CPU).isPresent()) {
            return 0;
        }
        long weights = WeightFormat.of(name(), precision, Device.Kind.CPU).bytes(part);
        long charLevel = weights * part.charLayers() / (part.patchLayers() + part.charLayers());
        long patchLevel = weights - charLevel;
        return Math.max(2 * patchLevel, patchLevel + 2 * charLevel) - weights;
    }

    @Override
    public Optional<CardKernels> cardKernels() {
        return Optional.of(CARDS);
    }

    @Override
    public Optional<RooflineProbes> probes() {
        return Optional.of(new OnnxProbes(this));
    }

    /** Loads something into ONNX Runtime. */
    interface Loader<T> {

        T load() throws OrtException;
    }

    /** Loads something; {@code what} names it in the message of a failure. */
    <T> T loaded(EngineSettings settings, String what, Loader<T> loader) {
        try {
            return loader.load();
        } catch (OrtException e) {
            throw CudaExecutionProvider.fault(settings.device(), e, engineVersion() + " cannot load " + what + ": "
                    + e.getMessage().strip());
        }
    }
}
