package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.device.cuda.DeviceMemory;
import io.notagenbench.fault.Fault;
import org.junit.jupiter.api.Test;

class DeviceMemoryCheckTest {

    private static final DeviceMemory BEFORE = new DeviceMemory(8L << 30, 7L << 30);

    @Test
    void weightsThatAreNotOnTheDeviceAreAFallback() {
        DeviceMemory after = new DeviceMemory(8L << 30, (7L << 30) - (300L << 20));
        assertThatThrownBy(() -> DeviceMemoryCheck.requireOnDevice("onnx", Device.of("cuda:1"), 2000L << 20, BEFORE, after)).isInstanceOf(Fault.class)
                .hasMessageStartingWith("DEVICE_FALLBACK: onnx was asked for device=cuda:1 and took 300 MiB there,")
                .hasMessageContaining("2000 MiB of its weights");
    }

    @Test
    void weightsThatAreThereAreNone() {
        DeviceMemory after = new DeviceMemory(8L << 30, (7L << 30) - (2000L << 20));
        assertThatCode(() -> DeviceMemoryCheck.requireOnDevice("onnx", Device.of("cuda:1"), 2000L << 20, BEFORE, after)).doesNotThrowAnyException();
    }

    /** PyTorch puts a second small model into segments that it holds already, and int4 keeps less than is predicted. */
    @Test
    void whatAnAllocatorKeepsIsNoFallback() {
        DeviceMemory four = new DeviceMemory(8L << 30, (7L << 30) - (1930L << 20));
        for (long weights : new long[] {12L << 20, 63L << 20}) {
            assertThatCode(() -> DeviceMemoryCheck.requireOnDevice("pytorch", Device.of("cuda"), weights, BEFORE, BEFORE)).doesNotThrowAnyException();
        }
        assertThatCode(() -> DeviceMemoryCheck.requireOnDevice("pytorch", Device.of("cuda"), 2000L << 20, BEFORE, four)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DeviceMemoryCheck.requireOnDevice("pytorch", Device.of("cuda"), 200L << 20, BEFORE, BEFORE)).isInstanceOf(Fault.class);
    }
}
