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

class SchemesCommandTest {

    @TempDir
    private Path folder;

    @Test
    void everySchemeIsHeldAgainstFp32() throws IOException {
        Path file = folder.resolve("schemes.json");
        Invocation run = Invocation.of("schemes", "--schemes",
                "int8-64,int4-row-zero,int4-128,int4-32-zero-search,int4-32-zero-search+char_level=int8-64", "-p", "context=32",
                "-p", "work=two-voices", "-p", "patches=6", "-p", "threads=1", "--rounds", "3", "--skip", "10", "-o", file.toString());
        assertThat(run.err()).doesNotContain("Fault");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("int4-row-zero", "no kernel: ONNX Runtime's MatMulNBits");
        assertThat(run.out().lines().filter(line -> line.endsWith("in use")).map(line -> line.split(" ")[0]))
                .containsExactly("fp32", "int8-64", "int4-32-zero-search");

        JsonNode rows = new ObjectMapper().readTree(file.toFile()).get("rows");
        assertThat(rows).hasSize(6);
        assertThat(rows.get(0).get("run").get("divergence").asDouble()).isZero();
        assertThat(rows.get(0).get("bits").asDouble()).isEqualTo(32);
        for (JsonNode row : rows) {
            boolean runs = row.get("refusal").isNull();
            assertThat(runs).isEqualTo(!row.get("schemes").asText().equals("int4-row-zero"));
            assertThat(row.get("turns")).hasSize(runs ? 3 : 0);
            assertThat(row.get("milliseconds").isNull()).isEqualTo(!runs);
            assertThat(row.get("rounding").get("agreement").asDouble()).isBetween(0.8, 1.0);
            assertThat(row.get("rounding").get("largestError").asDouble())
                    .isGreaterThanOrEqualTo(row.get("rounding").get("meanError").asDouble());
        }
        // fewer bits and larger groups lose more; the char level loses most of it
        assertThat(divergence(rows.get(1))).isBetween(1e-7, 1e-3);
        assertThat(divergence(rows.get(5))).isGreaterThan(divergence(rows.get(1)));
        assertThat(divergence(rows.get(4))).isGreaterThan(divergence(rows.get(5)));
        assertThat(divergence(rows.get(3))).isGreaterThan(divergence(rows.get(4)));
        assertThat(rows.get(5).get("bytes").asLong()).isBetween(rows.get(4).get("bytes").asLong(), rows.get(1).get("bytes").asLong());
    }

    private static double divergence(JsonNode row) {
        return row.get("run").get("divergence").asDouble();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--schemes int3-32; --schemes int3-32 cannot be",
        "--schemes int4-48; a group of 48 is no power of two",
        "--schemes int4-32+head=int8-64; is none of patch_level, char_level",
        "--schemes int4-32,int4-32; names a scheme twice",
        "-p precision=int8; schemes has no -p precision",
        "-p work=natural; schemes needs recorded work",
        "-p patches=400; the trace long has 378 patches and 466 are asked for",
        "-p patches=3 --rounds 4; --rounds 4 with --skip 64 and patches=3",
        "-p patchLength=512; patchLength=512 is more than the 256 position rows",
        "-p seed=1,2; -p seed=1,2 is a list"
    })
    void whatCannotBeIsRefused(String options, String reason) {
        List<String> words = new ArrayList<>(List.of("schemes"));
        words.addAll(Arrays.asList(options.split(" ")));
        Invocation run = Invocation.of(words.toArray(new String[0]));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(reason);
        assertThat(run.out()).isEmpty();
    }
}
