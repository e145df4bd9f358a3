package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.engine.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @Test
    void everyEngineIsReallyStarted() throws IOException {
        Invocation run = Invocation.of("doctor", "--json");
        assertThat(run.exitCode()).isZero();
        JsonNode diagnosis = new ObjectMapper().readTree(run.out());
        assertThat(diagnosis.get("engines").findValuesAsText("backend"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Backend.values()).map(Backend::label).toList());
        for (JsonNode engine : diagnosis.get("engines")) {
            assertThat(engine.get("seconds").asDouble()).as(engine.toString()).isPositive();
            assertThat(engine.get("version").asText()).matches(".*\\d+\\.\\d+.*");
        }
        JsonNode large = diagnosis.get("models").get(3);
        assertThat(large.get("model").asText()).isEqualTo("large");
        assertThat(large.get("weightBytes").asLong()).isEqualTo(515_738_880L * 4);
        assertThat(diagnosis.get("host").get("physicalCores").asInt()).isPositive();
    }

    @Test
    void whatCannotRunIsSaidWithItsReason() {
        Invocation run = Invocation.of("doctor", "-p", "device=cuda:7");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("does not run").contains("To mend").contains("pytorch: ");
    }

    @Test
    void theKernelSaysWhatAProfilerSees(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("paranoid");
        assertThat(ProfilerProbe.kernel(file)).isNull();
        Files.writeString(file, "3\n");
        assertThat(ProfilerProbe.kernel(file)).contains("is 3", "by timer", "sysctl");
        Files.writeString(file, "1\n");
        assertThat(ProfilerProbe.kernel(file)).contains("kernel and user code").doesNotContain("sysctl");
    }
}
