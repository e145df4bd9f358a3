package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.device.CacheFolder;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.onnx.graph.GraphBuilder;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's TensorRT provider. */
final class TensorRtExecutionProvider {

    private static final int NAME_DIGITS = 16;
    /** Read by all of NVIDIA's libraries; TensorRT has no other way through ONNX Runtime to leave TF32 out. */
    private static final String NO_TF32 = "NVIDIA_TF32_OVERRIDE";

    private TensorRtExecutionProvider() {
    }

    /** What provider=tensorrt cannot do anywhere, in one sentence; empty where it can. */
    static Optional<String> refusal(EngineSettings settings) {
        return switch (settings.precision()) {
            case FP32, FP16 -> switch (settings.decoding()) {
                case FUSED -> Optional.of("provider=tensorrt cannot run decoding=fused: TensorRT draws nothing in double precision, and"
                        + " what goes round its loops may not grow, as keys and values do; choose decoding=cached or provider=cuda.");
                case RECOMPUTE, CACHED, SPECULATIVE -> Optional.empty();
            };
            case TF32, BF16, INT8, INT4, MIXED -> Optional.of("provider=tensorrt cannot run with precision=" + settings.precision().label()
                    + ": its graphs are built in fp32 and fp16; choose one of these, or provider=cuda.");
        };
    }

    /** What the environment lacks for an exact fp32, in one sentence; empty where nothing is missing. */
    static Optional<String> inexact(EngineSettings settings, Map<String, String> environment) {
        return settings.precision() != Precision.FP32 || "0".equals(environment.get(NO_TF32)) ? Optional.empty()
                : Optional.of("provider=tensorrt cannot run with precision=fp32 here: TensorRT multiplies in TF32 unless " + NO_TF32
                        + " is 0; export " + NO_TF32 + "=0, or choose precision=fp16 or provider=cuda.");
    }

    /**
     * Makes a session run in one engine of TensorRT and nowhere else: its creation fails if TensorRT does not support a node.
     * The engine is kept in the cache folder, since building it takes long.
     *
     * @param graph what is run
     * @param room  positions that the caches of its level hold
     * @throws Fault (failed) that begins with {@code DEVICE_FALLBACK} if the provider does not start
     */
    static void add(OrtSession.SessionOptions options, EngineSettings settings, Weights weights, GraphBuilder graph, int room)
            throws OrtException {
        Path folder = folder(settings, weights, graph.name());
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(settings.device().index())) {
            for (Map.Entry<String, String> option : options(settings.precision(), folder, new TensorRtSizes(graph.inputs(), room)).entrySet()) {
                tensorRt.add(option.getKey(), option.getValue());
            }
            options.addTensorrt(tensorRt);
        } catch (OrtException e) {
            throw Fault.failed(Outcome.DEVICE_FALLBACK, "ONNX Runtime was asked for provider=tensorrt on device=" + settings.device().label()
                    + " and it does not start: " + CudaExecutionProvider.reason(e.getMessage()) + "; choose provider=cuda.", e);
        }
    }

    /** Where the engines of a graph are kept: ONNX Runtime tells graphs apart, but not their weights. */
    private static Path folder(EngineSettings settings, Weights weights, String graph) {
        Path folder = CacheFolder.path().resolve("tensorrt")
                .resolve(weights.hash().substring(0, NAME_DIGITS) + "-" + settings.precision().label() + "-" + graph);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw Fault.failed("The folder of TensorRT's engines " + folder + " cannot be made: " + e.getMessage()
                    + "; set XDG_CACHE_HOME to a folder that can be written to.", e);
        }
    }

    static Map<String, String> options(Precision precision, Path folder, TensorRtSizes sizes) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("trt_engine_cache_enable", "1");
        options.put("trt_engine_cache_path", folder.toString());
        options.put("trt_timing_cache_enable", "1");
        options.put("trt_timing_cache_path", folder.toString());
        options.put("trt_profile_min_shapes", sizes.least());
        options.put("trt_profile_opt_shapes", sizes.usual());
        options.put("trt_profile_max_shapes", sizes.most());
        if (precision == Precision.FP16) {
            options.put("trt_fp16_enable", "1");
            options.put("trt_layer_norm_fp32_fallback", "1");
        }
        return options;
    }
}
