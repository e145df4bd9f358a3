package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorRtExecutionProviderTest {

    private static EngineSettings settings(String backend, String device, Precision precision, Decoding decoding) {
        return new EngineSettings(backend, Device.of(device), precision, decoding, 1, ExecutionProvider.TENSORRT, CachePlacement.DEVICE);
    }

    @ParameterizedTest
    @CsvSource({"FP32, RECOMPUTE", "FP32, CACHED", "FP32, SPECULATIVE", "FP16, CACHED", "FP16, SPECULATIVE"})
    void theseRunOnCards(Precision precision, Decoding decoding) {
        assertThat(BackendProvider.of("onnx").refusal(settings("onnx", "cuda", precision, decoding))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "onnx | cpu | FP32 | CACHED | not on device=cpu: choose device=cuda or provider=cuda.",
        "pytorch | cuda | FP32 | CACHED | not backend=pytorch: choose backend=onnx or provider=cuda.",
        "onnx | cuda | FP32 | FUSED | decoding=fused: TensorRT draws nothing in double precision",
        "onnx | cuda | MIXED | CACHED | precision=mixed: its graphs are built in fp32 and fp16; choose one of these, or provider=cuda.",
        "onnx | cuda | INT4 | CACHED | precision=int4: its graphs are built in fp32 and fp16; choose one of these, or provider=cuda.",
        "onnx | cuda | BF16 | CACHED | precision=bf16: its graphs are built in fp32 and fp16",
        "onnx | cuda | FP16 | RECOMPUTE | precision=fp16 and decoding=recompute"})
    void theseAreRefusedInOneSentence(String backend, String device, Precision precision, Decoding decoding, String reason) {
        assertThat(BackendProvider.of(backend).refusal(settings(backend, device, precision, decoding)).orElseThrow())
                .contains(reason).endsWith(".");
    }

    @Test
    void fp32IsNotTf32() {
        EngineSettings fp32 = settings("onnx", "cuda", Precision.FP32, Decoding.CACHED);
        assertThat(TensorRtExecutionProvider.inexact(fp32, Map.of()).orElseThrow()).contains("export NVIDIA_TF32_OVERRIDE=0");
        assertThat(TensorRtExecutionProvider.inexact(fp32, Map.of("NVIDIA_TF32_OVERRIDE", "1"))).isPresent();
        assertThat(TensorRtExecutionProvider.inexact(fp32, Map.of("NVIDIA_TF32_OVERRIDE", "0"))).isEmpty();
        assertThat(TensorRtExecutionProvider.inexact(settings("onnx", "cuda", Precision.FP16, Decoding.CACHED), Map.of())).isEmpty();
    }

    @Test
    void anEngineIsKeptAndIsOfThePrecisionAskedFor() {
        TensorRtSizes sizes = new TensorRtSizes(Map.of("rows_in", List.of(1, "rows")), 4);
        Map<String, String> fp32 = TensorRtExecutionProvider.options(Precision.FP32, Path.of("/cache/engines"), sizes);
        assertThat(fp32).containsEntry("trt_engine_cache_enable", "1").containsEntry("trt_engine_cache_path", "/cache/engines")
                .containsEntry("trt_profile_min_shapes", "rows_in:1x1").containsEntry("trt_profile_max_shapes", "rows_in:1x4")
                .doesNotContainKeys("trt_fp16_enable");
        assertThat(TensorRtExecutionProvider.options(Precision.FP16, Path.of("/cache/engines"), sizes)).containsAllEntriesOf(fp32)
                .containsEntry("trt_fp16_enable", "1");
    }
}
