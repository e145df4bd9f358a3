package io.notagenbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.sweep.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {

    @TempDir
    Path folder;

    private void cell(int number, String benchmark, String params, String outcome, String reason) throws IOException {
        String line = """
                {"number":%d,"benchmark":"x.%s","params":{%s},"jmh":{"f":"1"},"outcome":"%s","reason":"%s","seconds":2.0}
                """.formatted(number, benchmark, params, outcome, reason);
        Path journal = folder.resolve("journal.jsonl");
        Files.writeString(journal, (Files.exists(journal) ? Files.readString(journal) : "") + line);
    }

    private void result(int number, String benchmark, String params, String metric, String counters)
            throws IOException {
        cell(number, benchmark, params, "OK", "");
        Files.createDirectories(folder.resolve("cells"));
        Files.writeString(folder.resolve("cells/%03d.json".formatted(number)), """
                [{"benchmark":"x.%s","params":{%s},"primaryMetric":{%s},"secondaryMetrics":{%s}}]
                """.formatted(benchmark, params, metric, counters));
    }

    private static String counter(String name, String raw) {
        return "\"" + name + "\":{\"score\":0,\"scoreUnit\":\"#\",\"rawData\":[[" + raw + "]]}";
    }

    @Test
    void aPieceStandsBesideItsStagesAndWhatFailed() throws IOException {
        String counters = String.join(",", counter("patches", "10,10"), counter("chars", "90,110"), counter("bars", "7,7"),
                counter("cuts", "0,0"), counter("musicMillis", "12000,12000"), counter("firstPatchMicros", "2000,4000"),
                counter("firstBarMicros", "0,0"), counter("calls", "10,10"), counter("contextPatches", "200,200"),
                counter("prefills", "1,1"), counter("prefillPatches", "3,3"));
        String arm = "\"backend\":\"onnx\",\"decoding\":\"recompute\"";
        result(1, "PieceBenchmark.generate", arm,
                "\"score\":100,\"scoreError\":\"NaN\",\"scoreUnit\":\"ms/op\",\"rawData\":[[90,110]]", counters);
        cell(2, "PieceBenchmark.generate", arm.replace("recompute", "cached"), "TIMEOUT", "Too | slow.");
        result(5, "PieceBenchmark.generate", arm.replace("recompute", "speculative"),
                "\"score\":50,\"scoreError\":\"NaN\",\"scoreUnit\":\"ms/op\",\"rawData\":[[50]]",
                counters + "," + counter("cutPatches", "21") + "," + counter("cutMicros", "1500"));
        result(3, "PatchStepBenchmark.step", arm + ",\"context\":\"20\"",
                "\"score\":5,\"scoreError\":0.25,\"scoreUnit\":\"ms/op\",\"rawData\":[[5,5,5]]",
                String.join(",", counter("rss.weights", "40,40"), counter("rss.loaded", "148,150"),
                        counter("rss.loading.peak", "200,210"), counter("rss.peak", "180,170")));
        result(4, "PatchDecodingBenchmark.decode", arm,
                "\"score\":4000,\"scoreError\":10,\"scoreUnit\":\"us/op\",\"rawData\":[[4000]]", "");

        String text = Summary.write(new RunFolder(folder)).replaceAll(" +", " ");
        assertThat(text)
                .contains("| onnx | recompute | defaults | 0.100 | - | 2 | 5 | 4 | 1 | 90 |")
                .contains("| onnx | cached | defaults | - | - | - | - | - | - | - |")
                .contains("| onnx | recompute | defaults | 10 | 100 | 7 | 0 | - | - | 12 | 100 | 0.00300 | - |")
                .contains("| onnx | speculative | defaults | 10 | 100 | 7 | 0 | 21 | 1.50 | 12 | 200 | 0.00300 | - |")
                .contains("| patch level, step | onnx | recompute | defaults | 20 | 5 | 0.250 | 3 |")
                .contains("| TIMEOUT | PieceBenchmark.generate | backend=onnx decoding=cached | Too \\| slow. |")
                .contains("| PatchStepBenchmark.step | onnx | recompute | context=20 | 40 | 150 | 210 | 180 | 3.75 |")
                .doesNotContain("Main memory was not measured")
                .contains("4 OK, 1 TIMEOUT of 5 cells, 10 s.");
        assertThat(folder.resolve("summary.md")).content().startsWith("# notagen-bench");
    }

    /** 472.3 MB of six blocks, 0.7 MB of head and rows, 0.5 MB of keys and values: 473.5 MB are 18.94 ms at 25 GB/s. */
    @Test
    void aDecoderStandsBeneathTheRooflineOfItsMachine() throws IOException {
        String rate = "\"score\":9,\"scoreError\":1,\"scoreUnit\":\"ops/s\",\"rawData\":[[8,10]]";
        result(1, "RooflineBenchmark.javaSum", "\"buffer\":\"512\",\"threads\":\"0\"", rate,
                counter("gigabytes", "10,15"));
        result(2, "RooflineBenchmark.engineSum", "\"backend\":\"pytorch\",\"buffer\":\"512\",\"threads\":\"0\"", rate,
                counter("gigabytes", "20,25"));
        result(3, "RooflineBenchmark.matrixMatrix",
                "\"backend\":\"onnx\",\"precision\":\"fp32\",\"threads\":\"0\"", rate,
                counter("gigaoperations", "100,200"));
        result(4, "CharStepBenchmark.step",
                "\"backend\":\"onnx\",\"decoding\":\"cached\",\"model\":\"large\",\"threads\":\"0\"",
                "\"score\":25,\"scoreError\":0.25,\"scoreUnit\":\"ms/op\",\"rawData\":[[25]]", "");

        String text = Summary.of(new RunFolder(folder)).replaceAll(" +", " ");
        assertThat(text)
                .contains("| read bandwidth | java sum | defaults | | GB/s | 15 | 12.5 | 2 |")
                .contains("| read bandwidth | pytorch sum | defaults | yes | GB/s | 25 | 22.5 | 2 |")
                .contains("| matrix throughput | onnx matrix times matrix | defaults | yes | GFLOP/s | 200 | 150 | 2 |")
                .contains("| char level, char | onnx | cached | model=large | - | bandwidth | 25 | 473 | 0.237 | 18.9 | 25 |"
                        + " 18.9 | 1.18 | 75.8 |");
    }

    @Test
    void withoutARooflineNothingIsSaidOfIt() throws IOException {
        result(1, "CharStepBenchmark.step", "\"backend\":\"onnx\",\"decoding\":\"cached\",\"model\":\"large\"",
                "\"score\":25,\"scoreError\":0.25,\"scoreUnit\":\"ms/op\",\"rawData\":[[25]]", "");
        assertThat(Summary.of(new RunFolder(folder))).doesNotContain("Roofline");
    }

    @Test
    void memoryThatNobodyReadIsNotZero() throws IOException {
        result(1, "CharStepBenchmark.step", "\"backend\":\"onnx\"",
                "\"score\":5,\"scoreError\":0.25,\"scoreUnit\":\"ms/op\",\"rawData\":[[5,5,5]]", "");
        assertThat(Summary.of(new RunFolder(folder))).contains("Main memory was not measured: ").doesNotContain("## Main memory");
    }
}
