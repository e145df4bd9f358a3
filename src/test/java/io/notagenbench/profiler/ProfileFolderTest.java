package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

class ProfileFolderTest {

    private static BenchmarkParams cell(String... namesAndValues) {
        WorkloadParams params = new WorkloadParams();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1], 0);
        }
        IterationParams iteration = new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.seconds(1), 1);
        return new BenchmarkParams("io.notagenbench.benchmark.FullPieceBenchmark.write", "generated", true, 1,
                new int[] {1}, List.of(), 1, 0, iteration, iteration, Mode.SingleShotTime, params, TimeUnit.SECONDS, 1,
                "java", List.of(),
                "17", "vm", "17", "1.37", TimeValue.minutes(1));
    }

    private static String folder(String... namesAndValues) {
        return ProfileFolder.shorten(cell(namesAndValues)).id();
    }

    @Test
    void whatIsAtItsDefaultIsLeftOut() {
        assertThat(folder("backend", "onnx", "model", "tiny", "seed", "0"))
                .isEqualTo("FullPieceBenchmark.write-backend-onnx-SingleShotTime");
    }

    @Test
    void pathsOfTheSameLastNameAreToldApart() {
        assertThat(folder("model", "/a/weights.pth")).contains("model-weights.pth-")
                .isNotEqualTo(folder("model", "/b/weights.pth"));
    }

    @Test
    void longNamesFitAndAreToldApart() {
        String one = folder("model", "x".repeat(300), "seed", "1");
        String other = folder("model", "x".repeat(300), "seed", "2");
        assertThat(one).hasSizeLessThan(144).isNotEqualTo(other);
    }

    @Test
    void aResultHasTheShortNameToo() {
        BenchmarkResult result = new BenchmarkResult(cell("model", "x".repeat(300)), List.of());
        assertThat(ProfileFolder.shorten(result).getParams().id()).isEqualTo(folder("model", "x".repeat(300)));
    }

    @Test
    void aFolderIsTriedAndLeftAsItWas(@TempDir Path folder) throws IOException {
        ProfileFolder.requireWritable("async", folder.resolve("a/b/c"));
        assertThat(folder).isEmptyDirectory();
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ProfileFolder.requireWritable("jfr", file.resolve("b"))).isInstanceOf(Fault.class)
                .hasMessage("-prof jfr cannot write its profiles into " + file.resolve("b") + ": a file is in its place. Name a"
                        + " folder where it can: -prof jfr:dir=/tmp/profiles.");
    }

    @Test
    void whatPerfasmSavesGoesBesideTheOtherProfiles() {
        assertThat(PerfAsmProfiler.complete("events=cycles").text()).isEqualTo("events=cycles");
        assertThat(PerfAsmProfiler.complete("saveLog=true").text()).isEqualTo("saveLog=true;saveLogTo=profiles");
        assertThat(PerfAsmProfiler.complete("savePerf=true;savePerfTo=/d").text()).isEqualTo("savePerf=true;savePerfTo=/d");
        assertThat(PerfAsmProfiler.complete("savePerf=true;savePerfToFile=f").text()).isEqualTo("savePerf=true;savePerfToFile=f");
        assertThat(PerfAsmProfiler.complete("saveLog=false").text()).isEqualTo("saveLog=false");
    }

    @Test
    void theRestOfTheCellIsTheSame() {
        BenchmarkParams cell = cell("seed", "1");
        BenchmarkParams shortened = ProfileFolder.shorten(cell);
        assertThat(shortened.getMode()).isEqualTo(cell.getMode());
        assertThat(shortened.getMeasurement()).isEqualTo(cell.getMeasurement());
        assertThat(shortened.generatedBenchmark()).isEqualTo(cell.generatedBenchmark());
    }
}
