package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import io.notagenbench.results.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    static final List<String> SHIPPED = Plan.SHIPPED;

    private static final Catalog CATALOG = new Catalog(Map.of(
            "a.Step.run", new Catalog.Declared(
                    Map.of("context", List.of("47"), "decoding", List.of("recompute", "cached")), 2),
            "a.Text.run", new Catalog.Declared(Map.of("work", List.of("long")), 1)));

    private static Plan plan(String entries) {
        return PlanReader.read("test", "jmh: {i: 3}\ntimeoutSeconds: 9\nentries:\n" + entries);
    }

    private static List<Cell> cells(Plan plan, Map<String, List<String>> given, Map<String, String> options) {
        return new Selection(Optional.of(plan), List.of()).cells(CATALOG, given, options);
    }

    private static List<Cell> cells(String entries) {
        return cells(plan(entries), Map.of(), Map.of());
    }

    @Test
    void aCellForEachCombinationOfDeclaredAndPlannedValues() {
        List<Cell> cells = cells("- {benchmark: Step.run, params: {context: [8, 16]}, jmh: {i: 5}}");
        assertThat(cells).hasSize(4).allMatch(cell -> cell.jmh().equals(Map.of("f", "2", "i", "5")));
        assertThat(cells).extracting(Cell::params).containsExactlyInAnyOrder(
                Map.of("context", "8", "decoding", "recompute"), Map.of("context", "8", "decoding", "cached"),
                Map.of("context", "16", "decoding", "recompute"), Map.of("context", "16", "decoding", "cached"));
    }

    @Test
    void rangesAreSpelledOut() {
        assertThat(cells("- {benchmark: Step.run, params: {context: [5, 32..256 x2], decoding: cached}}"))
                .extracting(cell -> cell.params().get("context")).containsExactly("5", "32", "64", "128", "256");
    }

    @Test
    void linkedValuesGoTogether() {
        assertThat(cells("- {benchmark: Step.run, linked: [{context: 8, decoding: cached}, {context: [1, 2], decoding: recompute}]}"))
                .extracting(Cell::params).containsExactly(Map.of("context", "8", "decoding", "cached"),
                        Map.of("context", "1", "decoding", "recompute"), Map.of("context", "2", "decoding", "recompute"));
    }

    @Test
    void whatAnEntryKeepsTheCommandLineDoesNotReplace() {
        Plan plan = plan("""
                - {benchmark: Step.run, params: {context: 8, decoding: cached}, keep: [context]}
                - {benchmark: Step.run, params: {context: 16, decoding: cached}}
                """);
        assertThat(cells(plan, Map.of("context", List.of("99"), "decoding", List.of("recompute")), Map.of()))
                .extracting(Cell::params).containsExactly(Map.of("context", "8", "decoding", "recompute"),
                        Map.of("context", "99", "decoding", "recompute"));
    }

    @Test
    void exclusionsAreLeftOut() {
        assertThat(cells("- {benchmark: Step.run, params: {context: 1..4}, exclude: [{context: 3..4, decoding: cached}]}"))
                .hasSize(6).extracting(Cell::params).doesNotContain(Map.of("context", "3", "decoding", "cached"));
    }

    @Test
    void severalBenchmarksShareAnEntry() {
        assertThat(cells("- {benchmark: [Step.run, Text.run]}")).hasSize(3);
    }

    @Test
    void theCommandLineStandsInForThePlanWhereABenchmarkHasTheParameter() {
        List<Cell> cells = cells(plan("- {benchmark: Step.run, params: {context: [8]}}\n- {benchmark: Text.run}"),
                Map.of("context", List.of("3", "4"), "decoding", List.of("cached")), Map.of("f", "7"));
        assertThat(cells).extracting(Cell::params).containsExactly(Map.of("context", "3", "decoding", "cached"),
                Map.of("context", "4", "decoding", "cached"), Map.of("work", "long"));
        assertThat(cells).allMatch(cell -> cell.forks() == 7);
    }

    @Test
    void regularExpressionsChooseBenchmarks() {
        Map<String, List<String>> given = Map.of("context", List.of("8", "16"));
        assertThat(Selection.of(null, List.of("St.p")).cells(CATALOG, given, Map.of("i", "1"))).hasSize(4)
                .allMatch(cell -> cell.jmh().equals(Map.of("i", "1", "f", "2")));
        assertThatThrownBy(() -> Selection.of(null, List.of("Stop")).cells(CATALOG, Map.of(), Map.of())).isInstanceOf(Fault.class)
                .hasMessageContaining("'Stop' is neither a plan nor part of a benchmark's name");
        assertThatThrownBy(() -> Selection.of(null, List.of("Text")).cells(CATALOG, given, Map.of())).isInstanceOf(Fault.class)
                .hasMessageContaining("Text.run does not take the parameter context. It takes: work.");
    }

    @Test
    void equalCellsAreMeasuredOnce() {
        assertThat(cells("- {benchmark: Text.run}\n- {benchmark: a.Text.run}")).hasSize(1);
    }

    @Test
    void jmhGetsExactlyOneForkOfThisCell() {
        Cell cell = cells("- {benchmark: Text.run, jmh: {f: 3, prof: [gc, \"async:event=cpu\"]}}").get(0);
        assertThat(cell.forks()).isEqualTo(3);
        assertThat(ForkMeasurement.arguments(cell, true)).containsExactly("^a\\.Text\\.run$", "-p", "work=long", "-i", "3", "-f", "1",
                "-prof", "gc", "-prof", "async:event=cpu");
    }

    @Test
    void aForkOnACardTellsItsMemoryAndClocks() {
        Cell cell = new Cell("a.Step.run", Map.of("device", "cuda:1"), Map.of("prof", "vram:interval=10 gc"));
        assertThat(ForkMeasurement.arguments(cell, true)).containsExactly("^a\\.Step\\.run$", "-p", "device=cuda:1",
                "-prof", "vram:interval=10", "-prof", "gc", "-prof", "clocks:interval=100");
        assertThat(ForkMeasurement.arguments(cell, false)).doesNotContain("clocks:interval=100");
        assertThat(ForkMeasurement.arguments(new Cell("a.Step.run", Map.of("device", "cpu"), Map.of()), true)).doesNotContain("-prof");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "- {benchmark: Stop.run}; line 4: there is no benchmark Stop.run. Did you mean Step.run?",
        "- {benchmark: Step.run, params: {work: [long]}}; line 4: Step.run does not take the parameter work. It takes: ",
        "- {benchmark: Step.run, params: {contxt: 8}}; Did you mean context?",
        "- {benchmark: Step.run, params: {context: [8, none]}}; line 4: context=none is not possible",
        "- {benchmark: Step.run, params: {context: 9..1}}; line 4: 9..1 runs backwards",
        "- {benchmark: Step.run, params: {context: []}}; line 4: a list here has one value or more",
        "- {benchmark: Step.run, jmh: {rff: x}}; line 4: JMH's option rff cannot be set in a sweep",
        "- {benchmark: Step.run, jmh: {r: long}}; line 4: JMH's option -r cannot be long in a sweep: allowed is a time",
        "- {benchmark: Step.run, jmh: {bm: sample}}; allowed is avgt, thrpt, ss.",
        "- {benchmark: Step.run, jmh: {f: 0}}; -f cannot be 0 in a sweep, where each fork is a process of its own: allowed is",
        "- {benchmark: Step.run, jmh: {i: 0}}; -i cannot be 0 in a sweep: allowed is a whole number from 1 on",
        "- {benchmark: Step.run, jmh: {to: 1h}}; -to cannot be 1h in a sweep: allowed is a time",
        "- {benchmark: Step.run, jmh: {t: 2}}; JMH's -t 2 is not possible: threads of JMH would share a session",
        "- {benchmark: Step.run, jmh: {tg: '1,1'}}; JMH's -tg 1,1 is not possible",
        "- {benchmark: Step.run, parms: {}}; line 4: there is no key parms. Did you mean params?",
        "- {benchmark: Step.run, exclude: [{decoding: [recompute, cached]}]}; line 4: nothing is left of Step.run",
        "- {benchmark: Step.run, exclude: [{decoding: fused}]}; line 4: this exclusion leaves nothing out of Step.run, which has"
            + " decoding=recompute,cached here.",
        "- {benchmark: Step.run, params: {context: 1..4}, exclude: [{context: 2}, {context: 5..9}]}; exclusion leaves nothing out",
        "- {benchmark: Step.run, linked: [{context: 8}, {decoding: cached}]}; linked values have the same parameters",
        "- {benchmark: Step.run, params: {decoding: cached}, keep: [context]}; line 4: the entry keeps context, and its params give no"
            + " value for it.",
        "- {params: {context: 8}}; line 4: an entry needs benchmark",
        "- {benchmark: Step.run, benchmark: Text.run}; benchmark is given here twice",
        "- [; line 5: "})
    void whatIsWrongWithAPlanIsSaidWithItsLine(String entries, String sentence) {
        assertThatThrownBy(() -> cells(entries + "\n")).isInstanceOf(Fault.class).hasMessageStartingWith("The plan test, line ")
                .hasMessageContaining(sentence);
    }

    @Test
    void anExclusionMayBeOfNoUseBesideTheCommandLine() {
        assertThat(cells(plan("- {benchmark: Step.run, exclude: [{decoding: recompute}]}"),
                Map.of("decoding", List.of("cached")), Map.of())).isNotEmpty();
    }

    @Test
    void aPlanMayHaveABudget() {
        assertThat(PlanReader.read("test", "budget: 5min\nentries: [{benchmark: Text.run}]").budget()).contains(Duration.ofMinutes(5));
        assertThat(PlanReader.read("test", "entries: [{benchmark: Text.run}]").budget()).isEmpty();
        assertThatThrownBy(() -> PlanReader.read("test", "budget: 5\nentries: [{benchmark: Text.run}]")).isInstanceOf(Fault.class)
                .hasMessage("The plan test, line 1: the budget 5 is not possible: give a time such as 90s, 5min or 2h.");
        assertThatThrownBy(() -> Span.budget("0s")).isInstanceOf(Fault.class);
        assertThat(List.of(Span.budget("90 s"), Span.budget("2h"))).containsExactly(Duration.ofSeconds(90), Duration.ofHours(2));
    }

    @Test
    void aPlanWithoutATimeoutHasTheSweeps() {
        assertThat(PlanReader.read("test", "entries: [{benchmark: Text.run}]").timeoutSeconds())
                .isEqualTo(Plan.DEFAULT_TIMEOUT_SECONDS);
    }

    @Test
    void theDocumentedPlanExcludesWhatItNames() throws IOException {
        String page = Files.readString(Path.of("docs/sweep.md"));
        int from = page.indexOf("    timeoutSeconds: ");
        String yaml = page.substring(from, page.indexOf("\n\n", from)).stripIndent();
        List<Cell> cells = PlanReader.read("docs/sweep.md", yaml).cells(Catalog.ofClassPath(), Map.of(), Map.of());
        assertThat(cells).filteredOn(cell -> cell.benchmark().endsWith("FullPieceBenchmark.generate")).hasSize(180)
                .noneMatch(cell -> cell.label().contains("backend=pytorch decoding=recompute"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "entries: []", "timeoutSeconds: 9\nentries: []", "timeoutSeconds: 0\nentries: [{benchmark: Text.run}]", "timeoutSeconds: 3"})
    void whatIsNoPlanIsSaid(String yaml) {
        assertThatThrownBy(() -> PlanReader.read("test", yaml)).isInstanceOf(Fault.class).hasMessageStartingWith("The plan test");
    }

    @Test
    void aParameterOfNoBenchmarkIsRefused() {
        assertThatThrownBy(() -> cells(plan("- {benchmark: Text.run}"), Map.of("seed", List.of("1")), Map.of()))
                .isInstanceOf(Fault.class).hasMessageContaining("Text.run does not take the parameter seed. It takes: work.");
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void shippedPlansNameWhatIsThereAndCanRun(String name) {
        List<Cell> cells = Selection.of(name, List.of()).cells(Catalog.ofClassPath(), Map.of(), Map.of());
        CellCheck check = new CellCheck();
        assertThat(cells).hasSizeGreaterThan(20);
        assertThat(cells).filteredOn(cell -> check.refusal(cell).isPresent())
                .allMatch(cell -> !"fp32".equals(cell.params().get("precision")) || "redis".equals(cell.params().get("cache")));
        assertThat(cells).extracting(cell -> cell.params().get("backend")).contains("pytorch", "onnx");
    }
}
