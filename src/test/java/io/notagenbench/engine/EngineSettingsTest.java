package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.device.Cores;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSettingsTest {

    @Test
    void areWhatTheParametersSay() {
        assertThat(EngineSettings.of(Parameters.parse(List.of("backend=onnx", "device=cuda:1", "precision=bf16",
                "threads=3"))))
                .isEqualTo(new EngineSettings("onnx", new Device(Device.Kind.CUDA, 1), Precision.BF16, Decoding.CACHED, 3));
    }

    @Test
    void noThreadsAreThePhysicalCores() {
        assertThat(EngineSettings.of(Parameters.defaults()))
                .isEqualTo(new EngineSettings("pytorch", Device.CPU, Precision.FP32, Decoding.CACHED, Cores.physical()));
        assertThat(Cores.physical()).isBetween(1, Runtime.getRuntime().availableProcessors());
    }

    @Test
    void severalDevicesHaveAModelEach() {
        Parameters parameters = Parameters.parse(List.of("device=cpu/cpu"));
        assertThat(EngineSettings.each(parameters)).hasSize(2).allSatisfy(each -> {
            assertThat(each.device()).isEqualTo(Device.CPU);
            assertThat(each.threads()).as("they share the cores").isEqualTo(Math.max(1, Cores.physical() / 2));
        });
        assertThat(EngineSettings.each(Parameters.parse(List.of("device=cuda:1/cuda:2+cuda:3", "threads=3"))))
                .extracting(each -> each.device().label() + " " + each.threads()).containsExactly("cuda:1 3", "cuda:2+cuda:3 3");
        assertThatThrownBy(() -> EngineSettings.of(parameters)).isInstanceOf(Fault.class)
                .hasMessageStartingWith("device=cpu/cpu has a model on each device").hasMessageContaining("pieces=N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "cuda:1", "cpu+cpu", "cuda+cuda:1", "cuda:12+cuda:3"})
    void aDeviceIsWhatItsLabelSays(String label) {
        assertThat(Device.of(label).label()).isEqualTo(label);
    }
}
