package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private static final Catalog CATALOG = new Catalog(Map.of(
            "a.Step.run", Map.of("context", List.of("47"), "decoding", List.of("recompute", "cached")),
            "a.Text.run", Map.of("work", List.of("long"))));

    private static Plan plan(String entries) {
        return Plan.parse("test", "jmh: {f: 1, i: 3}\ntimeoutSeconds: 9\nentries:\n" + entries);
    }

    @Test
    void aCellForEachCombinationOfDeclaredAndPlannedValues() {
        List<Cell> cells = plan("- {benchmark: Step.run, params: {context: [8, 16]}, jmh: {i: 5}}").cells(CATALOG, Map.of());
        assertThat(cells).hasSize(4).allMatch(cell -> cell.jmh().equals(Map.of("f", "1", "i", "5")));
        assertThat(cells).extracting(Cell::params).containsExactlyInAnyOrder(
                Map.of("context", "8", "decoding", "recompute"), Map.of("context", "8", "decoding", "cached"),
                Map.of("context", "16", "decoding", "recompute"), Map.of("context", "16", "decoding", "cached"));
    }

    @Test
    void theCommandLineStandsInForThePlanWhereABenchmarkHasTheParameter() {
        List<Cell> cells = plan("- {benchmark: Step.run, params: {context: [8]}}\n- {benchmark: Text.run}")
                .cells(CATALOG, Map.of(Parameter.CONTEXT, List.of("3", "4"), Parameter.DECODING, List.of("cached")));
        assertThat(cells).extracting(Cell::params).containsExactly(Map.of("context", "3", "decoding", "cached"),
                Map.of("context", "4", "decoding", "cached"), Map.of("work", "long"));
    }

    @Test
    void equalCellsAreMeasuredOnce() {
        Plan twice = plan("- {benchmark: Text.run}\n- {benchmark: a.Text.run}");
        assertThat(twice.cells(CATALOG, Map.of())).hasSize(1);
    }

    @Test
    void jmhGetsExactlyThisCell() {
        Cell cell = plan("- {benchmark: Text.run}").cells(CATALOG, Map.of()).get(0);
        assertThat(cell.arguments("r.json")).containsExactly("^a\\.Text\\.run$", "-p", "work=long", "-f", "1", "-i", "3",
                "-rf", "json", "-rff", "r.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "- {benchmark: Stop.run}; There is no benchmark Stop.run",
        "- {benchmark: Step.run, params: {work: [long]}}; the parameter work, which it does not take",
        "- {benchmark: Step.run, params: {context: [none]}}; context=none is not possible",
        "- {benchmark: Step.run, jmh: {rff: x}}; the JMH option rff",
        "- {benchmark: Step.run, parms: {}}; is not a plan"})
    void whatIsWrongWithAPlanIsSaid(String entries, String sentence) {
        assertThatThrownBy(() -> plan(entries).cells(CATALOG, Map.of())).isInstanceOf(Fault.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aParameterOfNoBenchmarkIsRefused() {
        assertThatThrownBy(() -> plan("- {benchmark: Text.run}").cells(CATALOG, Map.of(Parameter.SEED, List.of("1"))))
                .isInstanceOf(Fault.class).hasMessageContaining("No benchmark of the plan takes the parameter seed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void shippedPlansNameWhatIsThereAndCanRun(String name) {
        List<Cell> cells = Plan.load(name).cells(Catalog.ofClassPath(), Map.of());
        Feasibility feasibility = new Feasibility();
        assertThat(cells).hasSizeGreaterThan(20).allMatch(cell -> feasibility.refusal(cell).isEmpty());
        assertThat(cells).extracting(cell -> cell.params().get("backend")).contains("pytorch", "onnx");
    }

    @Test
    void cellsThatCannotRunSayWhy() {
        Cell wide = new Cell("a.Step.run", Map.of("model", "tiny", "context", "300"), Map.of());
        assertThat(new Feasibility().refusal(wide)).hasValueSatisfying(reason ->
                assertThat(reason).contains("context=300 is more than the 256 position rows"));
        Cell refused = new Cell("a.Step.run", Map.of("backend", "onnx", "precision", "int4"), Map.of());
        assertThat(new Feasibility().refusal(refused)).hasValueSatisfying(reason ->
                assertThat(reason).contains("precision=int4"));
        Cell batch = new Cell("a.Queue.run", Map.of("backend", "onnx", "device", "cuda", "batch", "2"), Map.of());
        assertThat(new Feasibility().refusal(batch)).contains(
                "Pieces are decoded together on device=cpu only, not on device=cuda: choose device=cpu.");
    }
}
