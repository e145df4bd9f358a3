package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
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
        return new BenchmarkParams("io.notagenbench.benchmark.PieceBenchmark.write", "generated", true, 1,
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
                .isEqualTo("PieceBenchmark.write-backend-onnx-SingleShotTime");
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
        assertThat(one).hasSizeLessThan(200).isNotEqualTo(other);
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
