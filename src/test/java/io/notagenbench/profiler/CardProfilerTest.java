package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.device.cuda.Nvml;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.params.Precision;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.ProfilerException;

class CardProfilerTest {

    @Test
    void theIntervalIsItsOnlyOption() throws ProfilerException {
        assertThat(CardProfiler.millis("")).isEqualTo(10);
        assertThat(CardProfiler.millis("interval=250")).isEqualTo(250);
        assertThatThrownBy(() -> CardProfiler.millis("interval=0")).isInstanceOf(ProfilerException.class)
                .hasMessageStartingWith("interval=0 is not an option. interval=N: milliseconds");
        assertThatThrownBy(() -> CardProfiler.millis("help")).isInstanceOf(ProfilerException.class)
                .hasMessageStartingWith("interval=N: milliseconds");
    }

    @Test
    void aModelOnACardHasAPrediction() {
        Map<String, String> parameters = new HashMap<>(Map.of("device", "cuda:1", "model", "large", "precision", "fp16",
                "patchLength", "1024"));
        assertThat(VramProfiler.predicted(parameters::get)).hasValue(
                MemoryFit.of(ModelSource.config("large"), Precision.FP16, 1024, 1, Device.Kind.CUDA).bytes());
        parameters.remove("patchLength");
        assertThat(VramProfiler.predicted(parameters::get)).as("a stage has the usual window").hasValue(
                MemoryFit.of(ModelSource.config("large"), Precision.FP16, 64, 1, Device.Kind.CUDA).bytes());
        parameters.put("device", "cpu");
        assertThat(VramProfiler.predicted(parameters::get)).isEmpty();
        assertThat(VramProfiler.predicted(name -> null)).isEmpty();
    }

    @Test
    void withoutNvmlItIsRefusedInOneSentence() {
        assumeFalse(Nvml.isHere());
        assertThatThrownBy(() -> new EnergyProfiler("")).isInstanceOf(ProfilerException.class)
                .hasMessageStartingWith("-prof energy needs NVIDIA's management library, and libnvidia-ml.so.1 is not found:");
    }
}
