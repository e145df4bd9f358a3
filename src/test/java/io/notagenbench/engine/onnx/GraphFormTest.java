package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.Device;
import io.notagenbench.engine.Precision;
import io.notagenbench.engine.onnx.GraphBuilder.Type;
import org.junit.jupiter.api.Test;

class GraphFormTest {

    @Test
    void onlyTheCpuSharesItsCaches() {
        assertThat(Target.of(Device.CPU)).isEqualTo(Target.CPU);
        assertThat(Target.of(Device.of("cuda:1"))).isEqualTo(Target.CUDA);
        assertThat(GraphForm.of(Target.CPU, Precision.FP32).caches()).isEqualTo(CacheForm.SHARED);
        assertThat(GraphForm.of(Target.CUDA, Precision.FP32).caches()).isEqualTo(CacheForm.ROWS);
    }

    @Test
    void aLoopKeepsRowsInsideIt() {
        assertThat(GraphForm.of(Target.CPU, Precision.FP32).inLoop().caches()).isEqualTo(CacheForm.SHARED);
        assertThat(GraphForm.of(Target.CUDA, Precision.FP32).inLoop().caches()).isEqualTo(CacheForm.GROWN);
    }

    @Test
    void onlyFp16HasActivationsOfTwoBytes() {
        for (Precision precision : Precision.values()) {
            assertThat(GraphForm.of(Target.CUDA, precision).values())
                    .isEqualTo(precision == Precision.FP16 ? Type.FLOAT16 : Type.FLOAT);
        }
    }
}
