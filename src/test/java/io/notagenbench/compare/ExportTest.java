package io.notagenbench.compare;

import static io.notagenbench.compare.RecordedRun.drawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

    @TempDir
    Path folder;

    private Comparison comparison() throws IOException {
        RecordedRun a = new RecordedRun("AMD EPYC").ok(0, drawn(1, 5, 100, 0.01)).ok(1, drawn(2, 5, 10, 0.01))
                .ok(2, "thrpt", "ops/ms", drawn(5, 5, 4, 0.01));
        RecordedRun b = new RecordedRun("AMD EPYC").ok(0, drawn(3, 5, 150, 0.01)).failed(1, Outcome.TIMEOUT, "Too long.")
                .ok(2, "thrpt", "ops/ms", drawn(6, 5, 4, 0.01)).ok(3, drawn(4, 1, 10, 0.01));
        return Comparison.of(RunGroup.of(List.of(a.write(folder.resolve("a")))), RunGroup.of(List.of(b.write(folder.resolve("b")))),
                Rules.standard());
    }

    @Test
    void theJsonHoldsAllThatTheTableSays() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ComparisonJson.of(comparison()).toString());
        assertThat(json.at("/cells/0/verdict").asText()).isEqualTo("SLOWER");
        assertThat(json.at("/cells/0/ratio").asDouble()).isCloseTo(1.5, within(0.03));
        assertThat(json.at("/cells/0/low").asDouble()).isLessThan(json.at("/cells/0/ratio").asDouble());
        assertThat(json.at("/cells/0/hedgesG").asDouble()).isPositive();
        assertThat(json.at("/cells/0/a/forkMeans")).hasSize(5);
        assertThat(json.at("/cells/0/params/seed").asText()).isEqualTo("0");
        assertThat(json.at("/cells/0/pDifferentCorrected").asDouble())
                .isCloseTo(2 * json.at("/cells/0/pDifferent").asDouble(), within(1e-15));
        assertThat(json.at("/cells/1/verdict").isNull()).isTrue();
        assertThat(json.at("/cells/1/b/outcome").asText()).isEqualTo("TIMEOUT");
        assertThat(json.at("/onlyB/0/params/seed").asText()).isEqualTo("3");
    }

    @Test
    void githubActionBenchmarkGetsSmallerIsBetter() throws IOException {
        JsonNode entries = new ObjectMapper().readTree(GithubActionBenchmark.of(comparison()).toString());
        assertThat(entries).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.get("name").isTextual()).isTrue();
            assertThat(entry.get("unit").asText()).isEqualTo("ms/op");
            assertThat(entry.get("value").isNumber()).isTrue();
            assertThat(entry.get("range").isTextual()).isTrue();
        });
        assertThat(entries.at("/0/value").asDouble()).isCloseTo(150, within(3.0));
        assertThat(entries.at("/0/extra").asText()).startsWith("5 forks\nSLOWER, 1.");
        assertThat(entries.at("/1/value").asDouble()).as("a rate of 4 a millisecond").isCloseTo(0.25, within(0.01));
        assertThat(entries.at("/2/range").asText()).isEqualTo("one fork");
    }

    @Test
    void jmhVisualizerGetsJmhsOwnResultsOfEachRun() throws IOException {
        Map<String, ? extends JsonNode> files = JmhVisualizer.of(comparison());
        assertThat(files).containsOnlyKeys("A.json", "B.json");
        assertThat(files.get("A.json")).hasSize(3);
        assertThat(files.get("B.json")).hasSize(3).allSatisfy(result -> {
            assertThat(result.get("benchmark").asText()).endsWith("SamplingBenchmark.sample");
            assertThat(result.at("/primaryMetric/rawData").isArray()).isTrue();
        });
        RunGroup two = RunGroup.of(List.of(folder.resolve("a"), folder.resolve("b")));
        assertThat(JmhVisualizer.of(new Comparison(two, two, Rules.standard(), List.of(), List.of(), List.of(), Map.of())))
                .containsOnlyKeys("A-1.json", "A-2.json", "B-1.json", "B-2.json");
    }
}
