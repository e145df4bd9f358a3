package io.notagenbench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMH itself runs every benchmark, as short as it can. */
class AllBenchmarksTest {

    @Test
    void everyBenchmarkHasAResult(@TempDir Path folder) throws IOException, InterruptedException {
        Path results = folder.resolve("results.json");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Djmh.ignoreLock=true", "-cp", System.getProperty("java.class.path"), "io.notagenbench.Main",
                "io.notagenbench.benchmark", "-f", "0", "-wi", "0", "-i", "1", "-r", "10ms", "-foe", "true",
                "-p", "backend=onnx", "-p", "decoding=cached", "-p", "topK=9", "-p", "temperature=1.2", "-p", "buffer=16", "-p", "batch=2", "-p", "pieces=3",
                "-p", "cache=caffeine", "-p", "rate=closed", "-p", "requests=2",
                "-rf", "json", "-rff", results.toString()));

        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "log")).start();

        assertThat(process.waitFor()).as(() -> read(folder.resolve("log"))).isZero();
        List<String> names = new ArrayList<>();
        for (JsonNode result : new ObjectMapper().readTree(results.toFile())) {
            assertThat(result.at("/primaryMetric/score").asDouble()).isPositive();
            names.add(result.get("benchmark").asText().replace("io.notagenbench.benchmark.", ""));
        }
        assertThat(names).containsExactlyInAnyOrder("BatchBenchmark.generate", "ForwardPassBenchmark.charStep", "ModelLoadBenchmark.load",
                "PatchDecodingBenchmark.decode", "ForwardPassBenchmark.patchStep", "FullPieceBenchmark.generate",
                "ForwardPassBenchmark.prefill", "RooflineBenchmark.deviceCopy", "RooflineBenchmark.engineCall", "RooflineBenchmark.engineSum", "RooflineBenchmark.javaCopy",
                "RooflineBenchmark.javaSum", "RooflineBenchmark.launches", "RooflineBenchmark.matrixMatrix", "RooflineBenchmark.matrixVector",
                "RooflineBenchmark.toDevice", "RooflineBenchmark.toHost",
                "RulerBenchmark.compute", "RulerBenchmark.memory", "SamplingBenchmark.sample", "ServiceBenchmark.hit",
                "ServiceBenchmark.miss", "ServiceLoadBenchmark.schedule", "StretchBenchmark.decode", "TextBenchmark.decode",
                "TextBenchmark.encode", "TextBenchmark.restoreRests");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
