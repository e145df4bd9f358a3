package io.notagenbench.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import org.junit.jupiter.api.Test;

class RequestedDeviceTest {

    @Test
    void aDeviceThatPyTorchDoesNotSeeIsAFallback() {
        assertThatCode(() -> RequestedDevice.requireCounted("PyTorch 2.5.1", Device.of("cuda:1"), 2)).doesNotThrowAnyException();
        assertThatCode(() -> RequestedDevice.requireCounted("PyTorch 2.5.1", Device.CPU, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> RequestedDevice.requireCounted("PyTorch 2.5.1", Device.of("cuda"), 0)).isInstanceOf(Fault.class)
                .hasMessageStartingWith("DEVICE_FALLBACK: PyTorch 2.5.1 was asked for device=cuda and finds 0 CUDA devices:");
    }

    @Test
    void theDeviceThatWasAskedForIsTaken() {
        assertThat(RequestedDevice.of(Device.of("cuda:1"))).isEqualTo(ai.djl.Device.gpu(1));
        assertThatCode(() -> RequestedDevice.require(Device.CPU, ai.djl.Device.cpu())).doesNotThrowAnyException();
        assertThatCode(() -> RequestedDevice.require(Device.of("cuda:1"), ai.djl.Device.gpu(1))).doesNotThrowAnyException();
    }

    @Test
    void anotherDeviceIsNeverTakenInSilence() {
        assertThatThrownBy(() -> RequestedDevice.require(Device.of("cuda"), ai.djl.Device.cpu())).isInstanceOf(Fault.class)
                .hasMessageContaining("asked for device=cuda and computes on cpu()").hasMessageContaining("doctor");
        assertThatThrownBy(() -> RequestedDevice.require(Device.of("cuda:1"), ai.djl.Device.gpu(0))).isInstanceOf(Fault.class)
                .hasMessageContaining("device=cuda:1").hasMessageContaining("gpu(0)");
    }
}
