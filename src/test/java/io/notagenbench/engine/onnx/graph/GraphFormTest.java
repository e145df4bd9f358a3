package io.notagenbench.engine.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.onnx.graph.GraphBuilder.Type;
import io.notagenbench.params.CachePlacement;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import org.junit.jupiter.api.Test;

class GraphFormTest {

    @Test
    void onlyTheCpuSharesItsCaches() {
        assertThat(GraphTarget.of(settings("cpu", ExecutionProvider.CUDA))).isEqualTo(GraphTarget.CPU);
        assertThat(GraphTarget.of(settings("cuda:1", ExecutionProvider.CUDA))).isEqualTo(GraphTarget.CUDA);
        assertThat(GraphTarget.of(settings("cuda:1", ExecutionProvider.TENSORRT))).isEqualTo(GraphTarget.TENSORRT);
        assertThat(GraphForm.of(GraphTarget.CPU, Precision.FP32, CachePlacement.DEVICE).caches()).isEqualTo(CacheForm.SHARED);
        assertThat(GraphForm.of(GraphTarget.CUDA, Precision.FP32, CachePlacement.DEVICE).caches()).isEqualTo(CacheForm.GROWN);
        assertThat(GraphForm.of(GraphTarget.CUDA, Precision.FP32, CachePlacement.HOST).caches()).isEqualTo(CacheForm.ROWS);
    }

    private static EngineSettings settings(String device, ExecutionProvider provider) {
        return new EngineSettings("onnx", Device.of(device), Precision.FP32, Decoding.CACHED, 1, provider, CachePlacement.DEVICE);
    }

    @Test
    void aLoopKeepsRowsInsideIt() {
        assertThat(GraphForm.of(GraphTarget.CPU, Precision.FP32, CachePlacement.DEVICE).inLoop().caches()).isEqualTo(CacheForm.SHARED);
        assertThat(GraphForm.of(GraphTarget.CUDA, Precision.FP32, CachePlacement.HOST).inLoop().caches()).isEqualTo(CacheForm.GROWN);
    }

    @Test
    void onlyFp16HasActivationsOfTwoBytes() {
        for (Precision precision : Precision.values()) {
            assertThat(GraphForm.of(GraphTarget.CUDA, precision, CachePlacement.DEVICE).values())
                    .isEqualTo(precision == Precision.FP16 ? Type.FLOAT16 : Type.FLOAT);
        }
    }
}
