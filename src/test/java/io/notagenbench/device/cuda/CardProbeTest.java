package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CardProbeTest {

    @Test
    void theRehearsalCopiesInMainMemory() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CardProbe.run("cpu", new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("copy within +\\d+\\.\\d GB/s \\(256 MiB, 10 times");
    }

    @Test
    void whatIsNoDeviceIsRefused() {
        assertThatThrownBy(() -> CardProbe.run("gpu", System.out)).isInstanceOf(Fault.class)
                .hasMessage("'gpu' is not a device: cuda, cuda:1 or cpu.");
    }
}
