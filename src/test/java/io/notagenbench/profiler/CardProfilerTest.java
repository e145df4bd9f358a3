package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.notagenbench.device.cuda.Nvml;
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
    void withoutNvmlItIsRefusedInOneSentence() {
        assumeFalse(Nvml.isHere());
        assertThatThrownBy(() -> new EnergyProfiler("")).isInstanceOf(ProfilerException.class)
                .hasMessageStartingWith("-prof energy needs NVIDIA's management library, and libnvidia-ml.so.1 is not found:");
    }
}
