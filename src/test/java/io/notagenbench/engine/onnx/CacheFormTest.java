package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.Device;
import org.junit.jupiter.api.Test;

class CacheFormTest {

    @Test
    void onlyTheCpuSharesItsCaches() {
        assertThat(CacheForm.of(Device.CPU)).isEqualTo(CacheForm.SHARED);
        assertThat(CacheForm.of(Device.of("cuda:1"))).isEqualTo(CacheForm.ROWS);
    }

    @Test
    void aLoopKeepsRowsInsideIt() {
        assertThat(CacheForm.SHARED.inLoop()).isEqualTo(CacheForm.SHARED);
        assertThat(CacheForm.ROWS.inLoop()).isEqualTo(CacheForm.GROWN);
    }
}
