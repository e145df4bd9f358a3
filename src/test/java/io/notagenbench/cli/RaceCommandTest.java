package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaceCommandTest {

    @TempDir
    private Path folder;

    @Test
    void everyArmDecodesTheSamePatchesInEveryWindow() throws IOException {
        Path file = folder.resolve("race.json");
        Invocation run = Invocation.of("race", "--arms",
                "onnx/fp32/recompute,onnx/fp32/cached,onnx/fp32/fused,onnx/fp32/speculative,onnx/int4/cached",
                "--rounds", "2",
                "--skip", "60", "-p", "patches=5", "-p", "patchLength=32,64", "-p", "threads=1", "-o", file.toString());
        assertThat(run.err()).doesNotContain("Fault");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("main memory gives at most");
        for (String window : new String[] {"patchLength 32,", "patchLength 64,"}) {
            PrintedTable table = PrintedTable.of(run.out().substring(run.out().indexOf(window)), "arm");
            assertThat(table.column("arm"))
                    .containsExactly("onnx/fp32/recompute", "onnx/fp32/cached", "onnx/fp32/fused",
                    "onnx/fp32/speculative", "onnx/int4/cached");
            assertThat(table.column("draws").subList(0, 4)).containsOnly("same");
            assertThat(table.column("draws").get(4)).isIn("same", "other");
            assertThat(table.column("ratio").get(0)).isEqualTo("1.0");
        }

        JsonNode rows = new ObjectMapper().readTree(file.toFile()).get("rows");
        assertThat(rows).hasSize(10);
        for (JsonNode row : rows) {
            assertThat(row.get("turns")).hasSize(2);
            assertThat(row.get("turns").get(0).get("patches").asInt() + row.get("turns").get(1).get("patches").asInt())
                    .isEqualTo(5);
            assertThat(row.get("context").asDouble()).isBetween(8.0, (double) row.get("patchLength").asInt());
            assertThat(row.get("sameDraws").asBoolean() || row.get("arm").asText().contains("int4")).isTrue();
        }
        // what a patch must move: caches spare the context, int4 most of the bytes of a weight
        assertThat(rows.get(1).get("megabytes").asDouble()).isLessThan(rows.get(0).get("megabytes").asDouble());
        assertThat(rows.get(2).get("megabytes").asDouble()).isEqualTo(rows.get(1).get("megabytes").asDouble());
        assertThat(rows.get(4).get("megabytes").asDouble()).isLessThan(0.3 * rows.get(1).get("megabytes").asDouble());
    }

    /** The first arm is the baseline of the times; characters of exact arms are those of an exact one. */
    @Test
    void exactArmsAreRightBehindOneThatIsNot() throws IOException {
        Path file = folder.resolve("race.json");
        Invocation run = Invocation.of("race", "--arms", "onnx/int4/cached,onnx/fp32/cached,onnx/fp32/speculative", "--rounds", "1",
                "-p", "patches=40", "-o", file.toString());
        assertThat(run.exitCode()).as(run.out()).isZero();
        JsonNode rows = new ObjectMapper().readTree(file.toFile()).get("rows");
        assertThat(rows.findValuesAsText("sameDraws")).containsExactly("true", "true", "true");
        assertThat(rows.get(0).get("ratio").asDouble()).isEqualTo(1);
    }

    /** Every arm runs with each number of threads, and draws the same characters. */
    @Test
    void threadsAreAnAxis() throws IOException {
        Path file = folder.resolve("race.json");
        Invocation run = Invocation.of("race", "--arms", "pytorch/fp32/cached,onnx/fp32/cached", "--rounds", "2", "-p",
                "patches=4",
                "-p", "threads=1,2", "-o", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(", threads=1", ", threads=2").doesNotContain("WRONG");
        JsonNode rows = new ObjectMapper().readTree(file.toFile()).get("rows");
        assertThat(rows.findValuesAsText("threads")).containsExactly("1", "1", "2", "2");
        assertThat(rows.findValuesAsText("arm")).containsExactly("pytorch/fp32/cached", "onnx/fp32/cached",
                "pytorch/fp32/cached", "onnx/fp32/cached");
        assertThat(rows.get(0).get("ratio").asDouble()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "-p patches=400; The trace long has 378 patches, and 402 are needed: choose a smaller -p patches or --skip",
        "-p patches=3 --rounds 4; -p patches=3 is too few for --rounds 4",
        "-p backend=onnx; race does not take the parameter backend: name what",
        "-p work=natural; race needs recorded work",
        "-p seed=1,2; -p seed=1,2 is a list",
        "--arms onnx/fp32/cached,onnx/fp32/cached; names an arm twice",
        "--arms onnx/fp16/cached; arm onnx/fp16/cached: backend=onnx cannot run with precision=fp16",
        "-p patchLength=512; patchLength=512 is more than the 256 position rows",
        "--arms onnx/fp32; 'onnx/fp32' is not an arm: write backend/precision/decoding",
        "--rounds 0; --rounds must be at least 1, not 0",
        "--skip -1; --skip must be at least 0, not -1"
    })
    void impossibleSettingsAreRefused(String options, String reason) {
        List<String> words = new ArrayList<>(List.of("race"));
        words.addAll(Arrays.asList(options.split(" ")));
        Invocation run = Invocation.of(words.toArray(new String[0]));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
        assertThat(run.out()).isEmpty();
    }
}
