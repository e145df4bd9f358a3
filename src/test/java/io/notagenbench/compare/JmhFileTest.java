package io.notagenbench.compare;

import static io.notagenbench.compare.RecordedRun.drawn;
import static io.notagenbench.document.MarkdownRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** As JMH writes it, of any project. */
    private static ObjectNode result(String mode, String unit, double[]... forks) {
        ObjectNode result = JSON.createObjectNode().put("jmhVersion", "1.37").put("benchmark", "org.example.MapBenchmark.get")
                .put("mode", mode).put("threads", 1).put("forks", forks.length).put("jvm", "/usr/bin/java").put("jdkVersion", "17.0.15")
                .put("vmName", "OpenJDK 64-Bit Server VM").put("vmVersion", "17.0.15+6").put("warmupIterations", 5)
                .put("warmupTime", "10 s").put("warmupBatchSize", 1).put("measurementIterations", forks[0].length)
                .put("measurementTime", "10 s").put("measurementBatchSize", 1);
        result.putArray("jvmArgs").add("-Xmx2g");
        result.putObject("params").put("size", "10");
        result.putObject("primaryMetric").put("score", forks[0][0]).put("scoreError", "NaN").put("scoreUnit", unit)
                .set("rawData", JSON.valueToTree(forks));
        result.putObject("secondaryMetrics");
        return result;
    }

    private Path file(String name, ObjectNode... results) throws IOException {
        ArrayNode array = JSON.createArrayNode();
        array.addAll(List.of(results));
        return Files.writeString(folder.resolve(name), array.toPrettyString());
    }

    private static Comparison compare(Path a, Path b) {
        return Comparison.of(RunGroup.of(List.of(a)), RunGroup.of(List.of(b)), Rules.standard());
    }

    @Test
    void forksOfTwoFilesAreCompared() throws IOException {
        Comparison comparison = compare(file("a.json", result("avgt", "ms/op", drawn(1, 5, 100, 0.01))),
                file("b.json", result("avgt", "ms/op", drawn(2, 5, 120, 0.01))));
        assertThat(comparison.of(Verdict.SLOWER)).singleElement().satisfies(cell ->
                assertThat(cell.effect().ratio()).isCloseTo(1.2, within(0.02)));
        assertThat(ComparisonText.of(comparison)).contains("a.json (results of JMH)\n", "The files do not say on which machine",
                "1 SLOWER, 0 FASTER, 0 UNCLEAR, 0 SAME of 1 cell measured in both");
        assertThat(rows(ComparisonText.of(comparison), "verdict", "benchmark", "settings"))
                .containsExactly(List.of("SLOWER", "MapBenchmark.get", "size=10"));
        assertThat(comparison.slowerThan(0.05)).singleElement().asString().startsWith("MapBenchmark.get size=10 is slower by");
    }

    @Test
    void severalModesOfOneBenchmarkAreSeveralCells() throws IOException {
        ObjectNode histogram = result("sample", "ms/op", new double[] {0, 0});
        histogram.withObject("/primaryMetric").remove("rawData");
        histogram.withObject("/primaryMetric").set("rawDataHistogram", JSON.readTree("[[[[1.0,3],[5.0,1]],[[2.0,2]]]]"));
        Path a = file("a.json", result("avgt", "ms/op", drawn(1, 3, 100, 0.01)), result("thrpt", "ops/ms", drawn(2, 3, 9, 0.01)), histogram);
        Path b = file("b.json", result("avgt", "ms/op", drawn(3, 3, 100, 0.01)), result("thrpt", "ops/ms", drawn(4, 3, 5, 0.01)), histogram);
        Comparison comparison = compare(a, b);
        assertThat(comparison.cells()).hasSize(3);
        assertThat(comparison.of(Verdict.SLOWER)).singleElement().matches(cell -> cell.a().timing().unit().equals("ops/ms"));
        assertThat(comparison.cells().get(2).a().timing().mean()).isEqualTo(2);
    }

    @Test
    void unlikeJvmsAndOptionsAreRefused() throws IOException {
        ObjectNode other = result("avgt", "ms/op", drawn(2, 5, 100, 0.01)).put("warmupTime", "1 s").put("vmVersion", "25+36").put("threads", 4);
        other.putArray("jvmArgs").add("-Xmx4g");
        Path a = file("a.json", result("avgt", "ms/op", drawn(1, 5, 100, 0.01)));
        Path b = file("b.json", other);
        assertThatThrownBy(() -> compare(a, b)).isInstanceOf(Fault.class).hasMessageContaining("--anyway")
                .hasMessageContaining("\n  jvm version: 17.0.15+6 in A, 25+36 in B").hasMessageContaining("\n  jvmFlags: -Xmx2g in A, -Xmx4g in B")
                .hasMessageContaining("\n  option -t: 1 in A, 4 in B").hasMessageContaining("\n  option -w: 10 s in A, 1 s in B");
    }

    @Test
    void whatTheSuiteGivesItsForksByItselfIsNoDifference() throws IOException {
        ObjectNode newer = result("avgt", "ms/op", drawn(2, 5, 100, 0.01));
        newer.putArray("jvmArgs").add("-Dai.djl.offline=true").add("-Duser.language=").add("-XX:+ExitOnOutOfMemoryError")
                .add("-XX:SharedArchiveFile=/home/a/classes.jsa").add("-Xlog:cds*=off").add("-Xmx2g")
                .add("-Djava.io.tmpdir=/results/b/tmp").add("-Dnotagenbench.endsWithInput=true");
        assertThat(compare(file("a.json", result("avgt", "ms/op", drawn(1, 5, 100, 0.01))), file("b.json", newer)).cells()).hasSize(1);
    }

    @Test
    void aResultThatIsNotWholeIsNotRanked() throws IOException {
        ObjectNode partial = result("avgt", "ms/op", drawn(2, 2, 100, 0.01)).put("forks", 5);
        ObjectNode odd = result("avgt", "ms/op", drawn(3, 1, 100, 0.01));
        odd.put("benchmark", "org.example.MapBenchmark.put").withObject("/primaryMetric").set("rawData", JSON.readTree("[[1.0,\"NaN\",2.0]]"));
        ObjectNode whole = result("avgt", "ms/op", drawn(1, 5, 100, 0.01));
        Comparison comparison = compare(file("a.json", whole, whole.deepCopy().put("benchmark", "org.example.MapBenchmark.put")),
                file("b.json", partial, odd));
        assertThat(comparison.unranked()).extracting(ComparedCell::why)
                .containsExactly("is ERROR in B: 6 of 15 iterations are there.", "is ERROR in B: a sample is not a number.");
    }

    @Test
    void resultsThatTheSuiteHasPublishedAreRead() throws IOException {
        Path published = Path.of("src/test/resources/older/jmh.json");
        Comparison comparison = compare(published, Files.copy(published, folder.resolve("copy.json")));
        assertThat(comparison.cells()).hasSize(JSON.readTree(published.toFile()).size());
        assertThat(comparison.unranked()).isEmpty();
    }

    @Test
    void whatIsNoResultOfJmhIsNamed() throws IOException {
        Path a = file("a.json", result("avgt", "ms/op", drawn(1, 5, 100, 0.01)));
        String[] contents = {"", "Benchmark,Mode,Threads", "{\"benchmark\": 1}", "[{\"name\": \"x\", \"value\": 1}]", "[1]"};
        String[] sentences = {"is empty: JMH writes its results when a run ends", "it is not JSON: measure with -rf json -rff",
            "it does not hold an array", "it holds something else than results", "it holds something else than results"};
        for (int i = 0; i < contents.length; i++) {
            Path b = Files.writeString(folder.resolve("b.json"), contents[i]);
            assertThatThrownBy(() -> compare(a, b)).isInstanceOf(Fault.class).hasMessageContaining(sentences[i]);
        }
        Path run = new RecordedRun("AMD EPYC").ok(0, drawn(1, 5, 100, 0.01)).write(folder.resolve("run"));
        assertThatThrownBy(() -> compare(a, run)).isInstanceOf(Fault.class).hasMessageContaining("--jmh-json");
        assertThatThrownBy(() -> RunGroup.of(List.of(a, run))).isInstanceOf(Fault.class).hasMessageContaining("name files alone");
    }
}
