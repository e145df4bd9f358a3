package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.arms.Arm;
import io.notagenbench.arms.ArmGroup;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import io.notagenbench.sweep.Catalog;
import io.notagenbench.sweep.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

    @Test
    void everyArmIsExactAndWritesTheSameText() {
        Invocation run = Invocation.of("verify", "-p", "patches=12");
        PrintedTable table = PrintedTable.of(run.out(), "arm");
        assertThat(table.column("arm")).hasSize(Backend.values().length * Decoding.values().length)
                .doesNotHaveDuplicates();
        assertThat(table.column("result")).containsOnly("ok");
        assertThat(table.column("text")).containsOnly("same");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aTextThatTookTooLongIsNotComparedAndSaysWhichOptionGivesItMore() {
        Invocation run = Invocation.of("verify", "-p", "backend=onnx", "-p", "decoding=cached", "-p",
                "timeLimit=0.001");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).doesNotContain("FAILED");
        assertThat(run.err()).startsWith("The text of onnx/fp32/cached cannot be compared (TIMEOUT): the piece took"
                + " longer than 0.001 s: ")
                .contains("-p timeLimit=SECONDS").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8", "int4", "mixed"})
    void aReducedPrecisionSaysWhatItLoses(String precision) {
        Invocation run = Invocation.of("verify", "-p", "precision=" + precision, "-p", "patches=12");
        assertThat(run.err()).isEmpty();
        PrintedTable table = PrintedTable.of(run.out(), "arm");
        assertThat(table.column("result")).containsOnly("ok");
        assertThat(table.column("arm")).isNotEmpty()
                .allMatch(arm -> arm.contains("/" + precision + "/") && !arm.contains("recompute"));
        assertThat(run.exitCode()).isZero();
    }

    /** Reports read files of all versions: no field may be renamed. */
    @Test
    void theResultsAreWrittenForTheReport(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("verify.json");
        Invocation run = Invocation.of("verify", "-p", "precision=int8", "-p", "patches=12", "-p", "backend=pytorch",
                "-p", "decoding=cached", "--json", file.toString());
        assertThat(run.exitCode()).isZero();
        JsonNode json = new ObjectMapper().readTree(file.toFile()).get(0);
        assertThat(json.path("model").asText()).isEqualTo("tiny");
        assertThat(json.path("hash").asText()).hasSize(64);
        assertThat(json.fieldNames()).toIterable()
                .containsExactly("model", "hash", "device", "provider", "threads", "seed",
                "patchLength", "patches", "context", "arms");
        assertThat(json.path("arms").get(0).fieldNames()).toIterable()
                .containsExactly("backend", "decoding", "precision",
                "hiddenError", "logitError", "divergence", "agreement", "sameText", "difference", "seconds", "passes");
        JsonNode arm = json.path("arms").get(0);
        assertThat(arm.path("precision").asText()).isEqualTo("int8");
        PrintedTable table = PrintedTable.of(run.out(), "arm");
        assertThat(table.column("KL nats"))
                .containsExactly(TextTable.number("%.2e", arm.path("divergence").asDouble()));
        assertThat(table.column("top-1 %"))
                .containsExactly(TextTable.number("%.1f", 100 * arm.path("agreement").asDouble()));
        assertThat(table.column("first difference"))
                .containsExactly(arm.path("sameText").asBoolean() ? "-" : arm.path("difference").asText());
        assertThat(arm.path("passes").asBoolean()).isTrue();
    }

    @Test
    void listsOfPrecisionsAndThreadsAreAllChecked(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("verify.json");
        Invocation run = Invocation.of("verify", "-p", "precision=fp32,int8", "-p", "threads=1,2", "-p", "backend=onnx",
                "-p", "decoding=cached", "-p", "patches=12", "--json", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("seed 0, threads=1", "seed 0, threads=2");
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.findValuesAsText("threads")).containsExactly("1", "2");
        assertThat(json.findValuesAsText("precision")).containsExactly("fp32", "int8", "fp32", "int8");
        assertThat(json.get(0).at("/arms/0/logitError").asDouble())
                .isLessThan(json.get(0).at("/arms/1/logitError").asDouble());
    }

    @Test
    void whatAPlanMeasuresIsCheckedAndWhatCannotRunIsLeftOut(@TempDir Path folder) throws Exception {
        Path plan = Files.writeString(folder.resolve("mine.yaml"), """
                timeoutSeconds: 60
                entries:
                  - benchmark: FullPieceBenchmark.generate
                    params: {backend: onnx, decoding: [cached, speculative], precision: [fp32, fp16, int4],
                      temperature: 1.0}
                  - benchmark: ForwardPassBenchmark.patchStep
                    params: {backend: pytorch, decoding: cached}
                  - benchmark: StretchBenchmark.decode
                    params: {model: large, backend: pytorch, decoding: cached}
                """);
        Path file = folder.resolve("verify.json");
        Invocation run = Invocation.of("verify", "--plan", plan.toString(), "-p", "threads=2", "--json",
                file.toString());
        assertThat(run.err()).isEqualTo("Arms of model=large are checked with model=tiny, which was trained; -p model= checks them with"
                + " their own synthetic weights.\n");
        assertThat(run.exitCode()).isZero();
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json).hasSize(1);
        assertThat(json.get(0).path("threads").asText()).isEqualTo("2");
        assertThat(json.findValuesAsText("backend"))
                .containsExactlyInAnyOrder("onnx", "onnx", "onnx", "onnx", "pytorch");
        assertThat(json.findValuesAsText("precision"))
                .containsExactlyInAnyOrder("fp32", "int4", "fp32", "int4", "fp32");
    }

    @Test
    void thePrecisionsOfThePlanOfPrecisionsAreAllThere() {
        List<ArmGroup> groups = VerifyCommand.measured(Selection.of("precision", List.of())
                .cells(Catalog.ofClassPath(), Map.of(), Map.of()),
                Parameters.defaults());
        assertThat(groups).singleElement().satisfies(group -> assertThat(group.arms()).extracting(Arm::precision)
                .contains(Precision.FP32, Precision.INT8, Precision.INT4, Precision.MIXED));
    }

    @Test
    void aPlanWithoutAModelHasNothingToVerify(@TempDir Path folder) throws Exception {
        Path plan = Files.writeString(folder.resolve("text.yaml"),
                "timeoutSeconds: 60\nentries: [{benchmark: TextBenchmark.encode}]\n");
        Invocation run = Invocation.of("verify", "--plan", plan.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("so nothing is verified");
    }

    @Test
    void armsAreNamedAsInTheOtherCommands() {
        Invocation run = Invocation.of("verify", "--arms", "onnx/int8/fused,onnx/fp32/cached", "-p", "threads=1,2",
                "-p", "patches=4");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        for (String threads : new String[] {"threads=1", "threads=2"}) {
            assertThat(PrintedTable.of(run.out().substring(run.out().indexOf(threads)), "arm").column("arm"))
                    .containsExactly("onnx/int8/fused", "onnx/fp32/cached");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "--arms onnx/fp32/cached,onnx/fp32/cached; names an arm twice",
        "--arms onnx/fp32; 'onnx/fp32' is not an arm",
        "--arms onnx/int8/recompute; arm onnx/int8/recompute: backend=onnx cannot run with precision=int8 and decoding=recompute",
        "--arms onnx/fp32/cached -p precision=int8; --arms already says what -p precision would: leave out one of them.",
        "--arms onnx/fp32/cached --plan quick; A plan already says which arms to check: leave out --arms."
    })
    void impossibleArmsAreRefused(String options, String reason) {
        Invocation run = Invocation.of(("verify " + options).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(reason).hasLineCount(1);
    }

    @Test
    void aPairThatWasAskedForByNameIsRefused() {
        Invocation run = Invocation.of("verify", "-p", "precision=bf16", "-p", "decoding=recompute",
                "-p", "backend=pytorch");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("decoding=recompute, which is what the original does in fp32");
    }

    @Test
    void aContextWithoutAFollowingPatchIsRefused() {
        Invocation run = Invocation.of("verify", "-p", "context=1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("-p context=1 is too short for verify").contains("Choose context=2 or more")
                .hasLineCount(1);
        assertThat(Invocation.of("verify", "-p", "context=2", "-p", "backend=onnx", "-p", "decoding=cached", "-p",
                "patches=2").exitCode())
                .isZero();
    }

    @Test
    void listsOfOtherParametersAreRefused() {
        Invocation run = Invocation.of("verify", "-p", "seed=1,2");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("-p seed=1,2 is a list");
    }
}
