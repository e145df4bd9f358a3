package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.results.Cell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellCheckTest {

    private static Cell cell(Map<String, String> params) {
        return new Cell("a.Step.run", params, Map.of());
    }

    @Test
    void cellsThatCannotRunSayWhy() {
        CellCheck check = new CellCheck();
        assertThat(check.refusal(cell(Map.of("model", "tiny", "context", "300")))).hasValueSatisfying(reason ->
                assertThat(reason).contains("context=300 is more than the 256 position rows"));
        assertThat(check.refusal(cell(Map.of("backend", "onnx", "precision", "bf16")))).hasValueSatisfying(reason ->
                assertThat(reason).contains("precision=bf16"));
        assertThat(check.refusal(cell(Map.of("backend", "onnx", "device", "cuda", "batch", "2")))).contains(
                "backend=onnx decodes pieces together on device=cpu only, not on device=cuda: choose device=cpu or backend=pytorch.");
        assertThat(check.refusal(cell(Map.of("backend", "onnx", "device", "cpu/cpu")))).hasValueSatisfying(reason ->
                assertThat(reason).startsWith("device=cpu/cpu has a model on each device"));
        assertThat(check.refusal(cell(Map.of("backend", "onnx", "device", "cpu/cpu", "batch", "2")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "rate=fast; --rates fast is not possible: give requests a second above 0,",
        "popularity=some; --popularity some is not possible: give unique,",
        "requests=many; requests=many is not possible: give a whole number of 2 or more.",
        "requests=1; --requests 1 is not possible: give 2 to 1000000.",
        "slo=ttft:1,gap:1,total:1; slo=ttft:1,gap:1,total:1 is not possible: give milliseconds, as in slo=ttft:1000+gap:200+total:30000.",
        "cache=memcached; cache=memcached is not possible: allowed is none, caffeine, redis."})
    void aLoadThatCannotBeIsRefusedBeforeTheFirstFork(String assignment, String sentence) {
        Map<String, String> params = new HashMap<>(Map.of("backend", "onnx", "batch", "2", "rate", "50%", "popularity", "unique",
                "requests", "5", "cache", "none"));
        String name = assignment.substring(0, assignment.indexOf('='));
        assertThat(new CellCheck().refusal(cell(params))).isEmpty();
        params.put(name, assignment.substring(name.length() + 1));
        assertThat(new CellCheck().refusal(cell(params))).hasValueSatisfying(reason -> assertThat(reason).startsWith(sentence));
        Catalog catalog = Catalog.ofClassPath().only(List.of("io.notagenbench.benchmark.ServiceLoadBenchmark.schedule"));
        assertThatThrownBy(() -> catalog.check(Map.of(name, List.of(params.get(name))))).hasMessageStartingWith(sentence)
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE));
    }

    @ParameterizedTest
    @CsvSource({"PatchDecodingBenchmark.decode, decoding=speculative, measure it with FullPieceBenchmark.",
        "ForwardPassBenchmark.patchStep, decoding=speculative, measure it with FullPieceBenchmark.",
        "ForwardPassBenchmark.charStep, decoding=speculative, measure it with FullPieceBenchmark.",
        "ForwardPassBenchmark.charStep, decoding=fused, measure it with PatchDecodingBenchmark.",
        "PatchDecodingBenchmark.decode, work=natural, choose a trace",
        "TextBenchmark.encode, work=natural, choose a trace"})
    void aStageThatCannotBeMeasuredAloneIsRefusedBeforeTheFirstFork(String benchmark, String assignment,
            String advice) {
        String name = assignment.substring(0, assignment.indexOf('='));
        String value = assignment.substring(assignment.indexOf('=') + 1);
        Cell refused = new Cell("io.notagenbench.benchmark." + benchmark, Map.of(name, value), Map.of());
        String sentence = new CellCheck().refusal(refused).orElseThrow();

        assertThat(sentence).startsWith(assignment + " ").contains(advice);
        Catalog catalog = Catalog.ofClassPath().only(List.of(refused.benchmark()));
        assertThatThrownBy(() -> catalog.check(Map.of(name, List.of(value)))).hasMessage(sentence)
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE));
    }

    @ParameterizedTest
    @CsvSource({"PatchDecodingBenchmark.decode, decoding, fused", "ForwardPassBenchmark.prefill, decoding, speculative",
        "FullPieceBenchmark.generate, decoding, speculative", "FullPieceBenchmark.generate, work, natural",
        "TextBenchmark.encode, work, long"})
    void whatAStageCanMeasureIsNotRefused(String benchmark, String name, String value) {
        Cell cell = new Cell("io.notagenbench.benchmark." + benchmark, Map.of(name, value), Map.of());
        assertThat(new CellCheck().refusal(cell)).isEmpty();
    }

    @Test
    void aPredictionOfMemoryRefusesACellOfASweepAndNothingThatWasAskedForByName() {
        Map<String, String> large = Map.of("model", "large", "context", "8");
        assertThat(new CellCheck(1L << 30).refusal(cell(large))).hasValueSatisfying(reason ->
                assertThat(reason).contains("predicted to take", "this machine has 1024 MiB"));
        assertThat(new CellCheck(1L << 40).refusal(cell(large))).isEmpty();
        new CellCheck(1L << 30).require("a.Step.run", large);
    }

    /** The command line of JMH, a sweep, a command and a fork have one sentence for one reason. */
    @Test
    void oneReasonHasOneSentence() {
        Map<String, String> wide = Map.of("model", "tiny", "patchLength", "300");
        String sentence = new CellCheck().refusal(cell(wide)).orElseThrow();
        assertThat(sentence).isEqualTo("patchLength=300 is more than the 256 position rows of model=tiny: choose 256 or less.");
        assertThatThrownBy(() -> new CellCheck().require("a.Step.run", wide)).isInstanceOf(Fault.class)
                .hasMessage(sentence);
        Catalog catalog = new Catalog(Map.of("a.Step.run", new Catalog.Declared(
                Map.of("model", List.of("small"), "patchLength", List.of("64")), 1)));
        assertThatThrownBy(() -> catalog.check(Map.of("model", List.of("tiny"), "patchLength", List.of("64", "300")))).hasMessage(sentence);
        ModelConfig tiny = ModelSource.config("tiny");
        GenerationSettings settings = GenerationSettings.of(Parameters.defaults().with(Parameter.PATCH_LENGTH, "300"));
        assertThatThrownBy(() -> settings.requireRows(tiny, "tiny")).hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model=huge", "work=nosuch", "prompt=Romantic/Schumann/Keyboard"})
    void aValueThatIsWrongInItselfEndsASweep(String assignment) {
        String[] parts = assignment.split("=");
        CellCheck check = new CellCheck();
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> check.refusal(cell(Map.of(parts[0], parts[1]))))
                    .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE));
        }
    }
}
