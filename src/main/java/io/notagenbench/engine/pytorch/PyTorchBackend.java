package io.notagenbench.engine.pytorch;

import ai.djl.engine.EngineException;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.Processor;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.CardKernels;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LevelSchemes;
import io.notagenbench.engine.ModelOnDevice;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.QuantisedWeightCache;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import io.notagenbench.quantisation.GroupScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** PyTorch through DJL. */
public final class PyTorchBackend implements BackendProvider {

    private static final List<Precision> ON_CPU = List.of(Precision.FP32, Precision.BF16, Precision.INT8, Precision.INT4);
    private static final List<Precision> ON_CUDA = List.of(Precision.FP32, Precision.TF32, Precision.BF16, Precision.FP16,
            Precision.INT8, Precision.INT4);

    /** One scale for each output, which is all that PyTorch's fastest int8 kernel supports. */
    private static final GroupScheme INT8 = new GroupScheme(8, GroupScheme.ROW, false, 0);

    /**
     * Below 8.0 TF32 is fp32 without a word and the bodies of the kernels of int4 are empty; the products of int8 need
     * 7.5.
     */
    private static final CardKernels CARDS = CardKernels.of(List.of("5.0", "6.0", "7.0", "7.5", "8.0", "8.6", "9.0"),
            Map.of(Precision.TF32, "8.0", Precision.INT8, "7.5", Precision.INT4, "8.0"),
            "machine code in libtorch_cuda.so of PyTorch 2.5.1 for CUDA 12.4, int4mm.cu, cublasLtMatmul");

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public String engineVersion() {
        return "PyTorch " + TorchLibraries.ofPerson().map(path -> "in " + path).orElseGet(PyTorchBackend::version)
                + " (DJL " + engine().getProperty("djl_version") + ")";
    }

    /** Returns the version of the natives: {@code 2.7.1}. */
    static String version() {
        // 2.7.1-20250812, with the day of its build
        String natives = properties("/native/lib/pytorch.properties").getProperty("version");
        return natives == null ? engine().getProperty("pytorch_version") : natives.replaceFirst("-.*", "");
    }

    private static Properties engine() {
        return properties("/pytorch-engine.properties");
    }

    /** Of the first such file on the class path; empty where there is none. */
    private static Properties properties(String resource) {
        Properties properties = new Properties();
        try (InputStream in = PyTorchBackend.class.getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the class path cannot be read", e);
        }
        return properties;
    }

    @Override
    public Optional<Path> libraries() {
        return Optional.of(TorchLibraries.path());
    }

    @Override
    public Optional<String> refusal(EngineSettings settings) {
        if (settings.provider() == ExecutionProvider.TENSORRT) {
            return Optional.of("provider=tensorrt runs the graphs of backend=onnx, not backend=pytorch: choose backend=onnx or provider=cuda.");
        }
        if (settings.caches() == CachePlacement.HOST) {
            return Optional.of("caches=host is for backend=onnx: backend=pytorch keeps keys and values where the model is; choose"
                    + " caches=device or backend=onnx.");
        }
        String pair = "backend=pytorch cannot run with precision=" + settings.precision().label();
        boolean cpu = settings.device().kind() == Device.Kind.CPU;
        List<Precision> possible = cpu ? ON_CPU : ON_CUDA;
        if (settings.precision() == Precision.FP32) {
            return Optional.empty();
        }
        if (!possible.contains(settings.precision())) {
            return Optional.of(pair + " on device=" + settings.device().label() + ": it has no fast kernel for that there;"
                    + " choose precision=" + possible.stream().map(Precision::label).collect(Collectors.joining(", ")) + ".");
        }
        if (settings.decoding() == Decoding.RECOMPUTE && settings.precision() != Precision.FP16) {
            return Optional.of(pair + " and decoding=recompute, which is what the original does in fp32; choose"
                    + " precision=fp32 or decoding=cached.");
        }
        if (cpu && !ModelScript.hasOneDnn()) {
            return Optional.of(pair + ": this build of PyTorch has no oneDNN; choose precision=fp32.");
        }
        return settings.precision() == Precision.BF16 && cpu && !Processor.hasBf16()
                ? Optional.of(pair + ": its kernel needs a processor with AVX-512, which this machine does not have; choose"
                        + " precision=fp32, int8 or int4.") : Optional.empty();
    }

    @Override
    public Optional<String> missing(EngineSettings settings) {
        return BackendProvider.super.missing(settings).or(() -> DjlVariables.problem(TorchLibraries::given));
    }

    /** Returns the error itself: a message may begin with a trace of the script and end with a list of all kernels. */
    private static String error(EngineException e) {
        return e.getMessage().lines().filter(line -> line.startsWith("RuntimeError: ")).findFirst()
                .or(() -> e.getMessage().lines().findFirst()).orElse("it does not say why");
    }

    @Override
    public NotaGenModel open(EngineSettings settings, Weights weights) {
        require(settings);
        return ModelOnDevice.open(settings, weights.config(), () ->
                load(settings, weights, QuantisedWeightCache.of(weights, schemesOf(settings.precision()))));
    }

    @Override
    public Optional<String> batchRefusal(EngineSettings settings) {
        return Optional.empty();
    }

    @Override
    public Optional<LevelSchemes> schemes(Precision precision, Device.Kind kind) {
        return schemesOf(precision);
    }

    static Optional<LevelSchemes> schemesOf(Precision precision) {
        return switch (precision) {
            case INT8 -> Optional.of(LevelSchemes.both(INT8));
            case INT4 -> Optional.of(LevelSchemes.both(GroupScheme.INT4));
            case FP32, TF32, BF16, FP16, MIXED -> Optional.empty();
        };
    }

    @Override
    public Optional<CardKernels> cardKernels() {
        return Optional.of(CARDS);
    }

    @Override
    public Optional<RooflineProbes> probes() {
        return Optional.of(new PyTorchProbes(this));
    }

    /** @param cache the file of the quantised matrices, where there are any and it could be written */
    PyTorchModel load(EngineSettings settings, Weights weights, Optional<QuantisedWeightCache> cache) {
        PyTorchEngine.start(engineVersion(), settings.device());
        try {
            return PyTorchModel.load(settings, weights, cache);
        } catch (EngineException e) {
            throw Fault.failed(engineVersion() + " does not take the model " + weights.name() + ": " + error(e), e);
        }
    }
}
