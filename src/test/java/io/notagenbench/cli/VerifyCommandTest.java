package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.arms.PrecisionLoss;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import io.notagenbench.sweep.Catalog;
import io.notagenbench.sweep.Feasibility;
import io.notagenbench.sweep.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

    @Test
    void everyArmIsExactAndWritesTheSameText() {
        Invocation run = Invocation.of("verify", "-p", "patches=12");
        assertThat(run.out().lines().filter(line -> line.endsWith("ok")))
                .hasSize(Backend.values().length * Decoding.values().length)
                .allMatch(line -> line.contains("same"));
        assertThat(run.out()).doesNotContain("FAILED");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aTextThatTookTooLongIsNotComparedAndSaysWhichOptionGivesItMore() {
        Invocation run = Invocation.of("verify", "-p", "backend=onnx", "-p", "decoding=cached", "-p", "timeLimit=0.001");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).doesNotContain("FAILED");
        assertThat(run.err()).startsWith("The text of onnx cached cannot be compared (TIMEOUT): the piece took longer than 0.001 s: ")
                .contains("-p timeLimit=SECONDS").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8", "int4"})
    void aReducedPrecisionSaysWhatItLoses(String precision) {
        Invocation run = Invocation.of("verify", "-p", "precision=" + precision, "-p", "patches=12");
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.endsWith("ok"))).isNotEmpty()
                .allMatch(line -> line.contains(precision) && !line.contains("recompute"));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whatWasFoundIsKeptForTheReport(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("verify.json");
        Invocation run = Invocation.of("verify", "-p", "precision=int8", "-p", "patches=12", "-p", "backend=pytorch",
                "-p", "decoding=cached", "--json", file.toString());
        assertThat(run.exitCode()).isZero();
        JsonNode json = new ObjectMapper().readTree(file.toFile()).get(0);
        assertThat(json.path("model").asText()).isEqualTo("tiny");
        assertThat(json.path("hash").asText()).hasSize(64);
        JsonNode arm = json.path("arms").get(0);
        assertThat(arm.path("precision").asText()).isEqualTo("int8");
        assertThat(run.out()).contains(String.format(Locale.ROOT, "%.2e", arm.path("divergence").asDouble()),
                String.format(Locale.ROOT, "%.1f", 100 * arm.path("agreement").asDouble()));
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
        assertThat(json.get(0).at("/arms/0/logitError").asDouble()).isLessThan(json.get(0).at("/arms/1/logitError").asDouble());
    }

    @Test
    void whatAPlanMeasuresIsCheckedAndWhatCannotRunIsLeftOut(@TempDir Path folder) throws Exception {
        Path plan = Files.writeString(folder.resolve("mine.yaml"), """
                timeoutSeconds: 60
                entries:
                  - benchmark: FullPieceBenchmark.generate
                    params: {backend: onnx, decoding: [cached, speculative], precision: [fp32, fp16, int4], temperature: 1.0}
                  - benchmark: ForwardPassBenchmark.patchStep
                    params: {backend: pytorch, decoding: cached}
                """);
        Path file = folder.resolve("verify.json");
        Invocation run = Invocation.of("verify", "--plan", plan.toString(), "-p", "threads=2", "--json", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json).hasSize(1);
        assertThat(json.get(0).path("threads").asText()).isEqualTo("2");
        assertThat(json.findValuesAsText("backend")).containsExactlyInAnyOrder("onnx", "onnx", "onnx", "onnx", "pytorch");
        assertThat(json.findValuesAsText("precision")).containsExactlyInAnyOrder("fp32", "int4", "fp32", "int4", "fp32");
    }

    @Test
    void thePrecisionsOfThePlanOfPrecisionsAreAllThere() {
        List<ArmGroup> groups = ArmGroup.planned(Plan.load("precision").cells(Catalog.ofClassPath(), Map.of(), Map.of()),
                new Feasibility(), Parameters.defaults());
        assertThat(groups).singleElement().satisfies(group -> assertThat(group.arms()).extracting(EngineSettings::precision)
                .contains(Precision.FP32, Precision.INT8, Precision.INT4));
    }

    @Test
    void aPlanWithoutAModelHasNothingToVerify(@TempDir Path folder) throws Exception {
        Path plan = Files.writeString(folder.resolve("text.yaml"), "timeoutSeconds: 60\nentries: [{benchmark: TextBenchmark.encode}]\n");
        Invocation run = Invocation.of("verify", "--plan", plan.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("there is nothing to verify");
    }

    @Test
    void anotherModelIsNotAPrecision() {
        PrecisionLoss other = new PrecisionLoss(0.06, 0.8, 0, 0);
        assertThat(new ArmCheck(Backend.ONNX, Decoding.CACHED, Precision.INT8, other, 1, 1, 1, false, Optional.empty(), 1)
                .passes()).isFalse();
    }

    @Test
    void aPairThatWasAskedForByNameIsRefused() {
        Invocation run = Invocation.of("verify", "-p", "precision=bf16", "-p", "decoding=recompute",
                "-p", "backend=pytorch");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("decoding=recompute, which is what the original does in fp32");
    }

    @Test
    void listsOfOtherParametersAreRefused() {
        Invocation run = Invocation.of("verify", "-p", "seed=1,2");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("-p seed=1,2 is a list");
    }

    @Test
    void anErrorBeyondRoundingFails() {
        assertThat(arm(1e-5, true, Optional.empty()).passes()).isTrue();
        assertThat(arm(3e-5, true, Optional.empty()).passes()).isFalse();
        assertThat(arm(Double.POSITIVE_INFINITY, true, Optional.empty()).passes()).isFalse();
    }

    @Test
    void anotherTextIsADefectUnlessTheDrawWasAtABoundary() {
        assertThat(arm(0, false, Optional.of(new DrawLog.Divergence(3, 65, 66, 9e-6))).passes()).isTrue();
        assertThat(arm(0, false, Optional.of(new DrawLog.Divergence(3, 65, 66, 2e-5))).passes()).isFalse();
        assertThat(arm(0, false, Optional.empty()).passes()).isFalse();
    }

    @Test
    void theFirstDrawThatDiffersIsFoundAlthoughOneArmDrewMore() {
        Sampler sampler = new Sampler(new SamplerSettings(0, 1, 1));
        sampler.sample(new float[128], 0, 0.5);
        DrawLog one = new DrawLog();
        DrawLog other = new DrawLog();
        one.drawn(sampler, 0.1, 'a');
        one.drawn(sampler, 0.2, 'b');
        one.drawn(sampler, 0.3, 'c');
        other.drawn(sampler, 0.1, 'a');
        other.drawn(sampler, 0.3, 'd');
        DrawLog.Divergence divergence = one.divergence(other).orElseThrow();
        assertThat(divergence.number()).isEqualTo(2);
        assertThat(divergence.first()).isEqualTo('c');
        assertThat(divergence.second()).isEqualTo('d');
        assertThat(divergence.margin()).isPositive().isLessThan(1 / 128.0);
        assertThat(one.divergence(one)).isEmpty();
    }

    @Test
    void aDrawInsideAnEngineIsJudgedByTheMarginOfTheOther() {
        Sampler sampler = new Sampler(new SamplerSettings(0, 1, 1));
        int id = sampler.sample(new float[128], 0, 0.505);
        DrawLog one = new DrawLog();
        DrawLog inside = new DrawLog();
        DrawLog another = new DrawLog();
        one.drawn(sampler, 0.505, id);
        inside.drawnInside(0.505, id + 1);
        another.drawnInside(0.505, id + 2);
        assertThat(one.divergence(inside).orElseThrow().margin()).isEqualTo(sampler.margin(0.505));
        assertThat(inside.divergence(one).orElseThrow().margin()).isEqualTo(sampler.margin(0.505));
        assertThat(inside.divergence(another).orElseThrow().margin()).isInfinite();
    }

    private static ArmCheck arm(double error, boolean sameText, Optional<DrawLog.Divergence> divergence) {
        return new ArmCheck(Backend.ONNX, Decoding.CACHED, Precision.FP32, new PrecisionLoss(0, 1, 0, 0), error, error, 1, sameText, divergence, 1);
    }
}
