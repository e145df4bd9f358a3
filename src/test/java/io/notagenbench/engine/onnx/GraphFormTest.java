package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.Backend;
import io.notagenbench.engine.Caches;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.Precision;
import io.notagenbench.engine.Provider;
import io.notagenbench.engine.onnx.GraphBuilder.Type;
import org.junit.jupiter.api.Test;

class GraphFormTest {

    @Test
    void onlyTheCpuSharesItsCaches() {
        assertThat(Target.of(settings("cpu", Provider.CUDA))).isEqualTo(Target.CPU);
        assertThat(Target.of(settings("cuda:1", Provider.CUDA))).isEqualTo(Target.CUDA);
        assertThat(Target.of(settings("cuda:1", Provider.TENSORRT))).isEqualTo(Target.TENSORRT);
        assertThat(GraphForm.of(Target.CPU, Precision.FP32, Caches.DEVICE).caches()).isEqualTo(CacheForm.SHARED);
        assertThat(GraphForm.of(Target.CUDA, Precision.FP32, Caches.DEVICE).caches()).isEqualTo(CacheForm.GROWN);
        assertThat(GraphForm.of(Target.CUDA, Precision.FP32, Caches.HOST).caches()).isEqualTo(CacheForm.ROWS);
    }

    private static EngineSettings settings(String device, Provider provider) {
        return new EngineSettings(Backend.ONNX, Device.of(device), Precision.FP32, Decoding.CACHED, 1, provider, Caches.DEVICE);
    }

    @Test
    void aLoopKeepsRowsInsideIt() {
        assertThat(GraphForm.of(Target.CPU, Precision.FP32, Caches.DEVICE).inLoop().caches()).isEqualTo(CacheForm.SHARED);
        assertThat(GraphForm.of(Target.CUDA, Precision.FP32, Caches.HOST).inLoop().caches()).isEqualTo(CacheForm.GROWN);
    }

    @Test
    void onlyFp16HasActivationsOfTwoBytes() {
        for (Precision precision : Precision.values()) {
            assertThat(GraphForm.of(Target.CUDA, precision, Caches.DEVICE).values())
                    .isEqualTo(precision == Precision.FP16 ? Type.FLOAT16 : Type.FLOAT);
        }
    }
}
