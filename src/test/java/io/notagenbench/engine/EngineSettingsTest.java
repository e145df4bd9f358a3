package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.device.Cores;
import io.notagenbench.params.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSettingsTest {

    @Test
    void areWhatTheParametersSay() {
        assertThat(EngineSettings.of(Parameters.parse(List.of("backend=onnx", "device=cuda:1", "precision=bf16",
                "threads=3"))))
                .isEqualTo(new EngineSettings(Backend.ONNX, new Device(Device.Kind.CUDA, 1), Precision.BF16, Decoding.CACHED, 3));
    }

    @Test
    void noThreadsAreThePhysicalCores() {
        assertThat(EngineSettings.of(Parameters.defaults()))
                .isEqualTo(new EngineSettings(Backend.PYTORCH, Device.CPU, Precision.FP32, Decoding.CACHED, Cores.physical()));
        assertThat(Cores.physical()).isBetween(1, Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "cuda:1", "cpu+cpu", "cuda+cuda:1", "cuda:12+cuda:3"})
    void aDeviceIsWhatItsLabelSays(String label) {
        assertThat(Device.of(label).label()).isEqualTo(label);
    }
}
