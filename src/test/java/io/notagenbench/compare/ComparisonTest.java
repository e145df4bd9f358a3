package io.notagenbench.compare;

import static io.notagenbench.compare.RecordedRun.drawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final String CPU = "AMD EPYC";

    @TempDir
    Path folder;

    private RunGroup side(String name, RecordedRun... runs) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (RecordedRun run : runs) {
            folders.add(run.write(folder.resolve(name + folders.size())));
        }
        return RunGroup.of(folders);
    }

    private Comparison compare(RecordedRun a, RecordedRun b) throws IOException {
        return Comparison.of(side("a", a), side("b", b), Rules.standard());
    }

    private static RecordedRun cells(int count, int from, double milliseconds, double spread) {
        RecordedRun run = new RecordedRun(CPU);
        for (int seed = 0; seed < count; seed++) {
            run.ok(seed, drawn(from + seed, 5, milliseconds, spread));
        }
        return run;
    }

    @Test
    void twoRunsOfTheSameBuildAreTheSame() throws IOException {
        Comparison comparison = compare(cells(8, 100, 300, 0.01), cells(8, 200, 300, 0.01));
        assertThat(comparison.of(Verdict.SAME)).hasSize(8);
        assertThat(comparison.slowerThan(0)).isEmpty();
    }

    @Test
    void aParameterThatAnEarlierBuildDidNotHaveIsAtItsDefault() throws IOException {
        RecordedRun earlier = cells(2, 100, 300, 0.01);
        assertThat(compare(earlier, cells(2, 200, 300, 0.01).withParameter("timeLimit", "1200")).of(Verdict.SAME)).hasSize(2);
        assertThatThrownBy(() -> compare(earlier, cells(2, 200, 300, 0.01).withParameter("timeLimit", "60")))
                .hasMessageContaining("no cell in common");
    }

    @Test
    void aDelayOfTenPercentIsSlower() throws IOException {
        Comparison comparison = compare(cells(8, 100, 300, 0.01), cells(8, 200, 330, 0.01));
        assertThat(comparison.of(Verdict.SLOWER)).hasSize(8).allSatisfy(cell ->
                assertThat(cell.effect().ratio()).isCloseTo(1.1, within(0.02)));
        assertThat(comparison.slowerThan(0.05)).hasSize(8).first().asString().contains("is slower by");
        assertThat(comparison.slowerThan(0.2)).isEmpty();
        Comparison back = compare(cells(8, 200, 330, 0.01), cells(8, 100, 300, 0.01));
        assertThat(back.of(Verdict.FASTER)).hasSize(8);
        assertThat(back.slowerThan(0)).isEmpty();
    }

    @Test
    void forksThatScatterTooMuchTellNothingAndSaySo() throws IOException {
        Comparison comparison = compare(cells(3, 100, 300, 0.1), cells(3, 200, 300, 0.1));
        assertThat(comparison.of(Verdict.UNCLEAR)).hasSize(3).allSatisfy(cell ->
                assertThat(cell.why()).matches("forks differ by \\d.*: about \\d+ forks a side would tell .*5.0 %"));
    }

    @Test
    void oneForkIsNoEvidenceHoweverManyIterations() throws IOException {
        RecordedRun a = new RecordedRun(CPU).ok(0, new double[] {100, 100.1, 99.9});
        RecordedRun b = new RecordedRun(CPU).ok(0, new double[] {150, 150.1, 149.9});
        ComparedCell cell = compare(a, b).cells().get(0);
        assertThat(cell.verdict()).isEqualTo(Verdict.UNCLEAR);
        assertThat(cell.why()).contains("one fork", "-f 3");
        assertThat(cell.ratio()).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void runsOfOneSideCountTogether() throws IOException {
        RecordedRun[] a = new RecordedRun[4];
        RecordedRun[] b = new RecordedRun[4];
        Arrays.setAll(a, i -> new RecordedRun(CPU).ok(0, drawn(i, 1, 100, 0.005)));
        Arrays.setAll(b, i -> new RecordedRun(CPU).ok(0, drawn(10 + i, 1, 120, 0.005)));
        ComparedCell cell = Comparison.of(side("a", a), side("b", b), Rules.standard()).cells().get(0);
        assertThat(cell.a().timing().forks()).isEqualTo(4);
        assertThat(cell.verdict()).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void aHigherThroughputIsFaster() throws IOException {
        RecordedRun a = new RecordedRun(CPU).ok(0, "thrpt", "ops/s", drawn(1, 5, 100, 0.01));
        RecordedRun b = new RecordedRun(CPU).ok(0, "thrpt", "ops/s", drawn(2, 5, 125, 0.01));
        ComparedCell cell = compare(a, b).cells().get(0);
        assertThat(cell.verdict()).isEqualTo(Verdict.FASTER);
        assertThat(cell.effect().ratio()).isCloseTo(0.8, within(0.02));
    }

    @Test
    void whatIsNotOkIsNeverRanked() throws IOException {
        RecordedRun a = cells(2, 100, 300, 0.01).ok(7, drawn(3, 5, 300, 0.01)).failed(8, Outcome.TIMEOUT, "Too long.");
        RecordedRun b = cells(2, 200, 300, 0.01).failed(7, Outcome.WRONG_OUTPUT, "Another text.")
                .ok(8, drawn(4, 5, 1, 0.01));
        Comparison comparison = compare(a, b);
        assertThat(comparison.unranked()).extracting(ComparedCell::why)
                .containsExactly("is WRONG_OUTPUT in B: Another text.", "is TIMEOUT in A: Too long.");
        assertThat(comparison.slowerThan(0.05)).singleElement().asString().contains("seed=7", "is WRONG_OUTPUT in B");
        assertThat(ComparisonText.of(comparison)).contains("of 2 cells measured in both", "Not ranked:");
    }

    /** A cell that failed once in a side is not OK there, though another run of the side measured it. */
    @Test
    void oneFailureOfASideCounts() throws IOException {
        RunGroup a = side("a", cells(1, 100, 300, 0.01), new RecordedRun(CPU).failed(0, Outcome.NATIVE_CRASH, "It died."));
        Comparison comparison = Comparison.of(a, side("b", cells(1, 200, 300, 0.01)), Rules.standard());
        assertThat(comparison.unranked()).singleElement().matches(cell -> cell.why().contains("NATIVE_CRASH in A"));
    }

    @Test
    void cellsOfOneSideAreNamed() throws IOException {
        Comparison comparison = compare(cells(2, 100, 300, 0.01), cells(1, 200, 300, 0.01).ok(9, drawn(5, 5, 1, 0.01)));
        assertThat(comparison.cells()).hasSize(1);
        assertThat(ComparisonText.of(comparison)).contains("Only in A:\n- SamplingBenchmark.sample backend=onnx")
                .containsPattern("Only in B:\n- SamplingBenchmark.sample .*seed=9 \\(OK\\)");
        assertThatThrownBy(() -> compare(cells(1, 1, 300, 0.01), new RecordedRun(CPU).ok(5, drawn(5, 5, 1, 0.01))))
                .isInstanceOf(Fault.class).hasMessageContaining("no cell in common");
    }

    @Test
    void aCommitThatIsNotKnownIsSaidToBeSo() throws IOException {
        RecordedRun b = cells(1, 200, 300, 0.01);
        b.environment().remove("commit");
        assertThat(ComparisonText.of(compare(cells(1, 100, 300, 0.01), b))).contains("a0 (commit 565c58d1)\n", "b0 (commit not known)\n");
    }

    @Test
    void unlikeConditionsAreRefusedAndNamed() throws IOException {
        RecordedRun b = new RecordedRun("Intel Xeon").ok(0, drawn(2, 5, 300, 0.01));
        b.environment().withObject("/host").put("java", "21.0.1").put("availableBytes", 5L);
        b.environment().put("commit", "ffff").put("loadAverage", 7).put("started", "later");
        RunGroup sideA = side("a", cells(1, 100, 300, 0.01));
        RunGroup sideB = side("b", b);
        assertThatThrownBy(() -> Comparison.of(sideA, sideB, Rules.standard())).isInstanceOf(Fault.class)
                .hasMessage("1 cell cannot be compared: A and B were measured under unlike conditions (--anyway compares"
                        + " them all the same):\n  host.cpu: AMD EPYC in A, Intel Xeon in B\n  host.java: 17.0.15 in A,"
                        + " 21.0.1 in B");
        Comparison anyway = Comparison.of(sideA, sideB, new Rules(0.05, 0.05, Correction.HOLM, true));
        assertThat(anyway.unlike()).containsOnlyKeys("host.cpu", "host.java");
        assertThat(ComparisonText.of(anyway)).contains("unlike conditions", "host.cpu: AMD EPYC in A, Intel Xeon in B");
        assertThat(anyway.cells()).singleElement().matches(ComparedCell::isRanked);
    }

    private Map<String, String> unlike(Consumer<ObjectNode> hostA, Consumer<ObjectNode> hostB) throws IOException {
        RecordedRun a = cells(1, 100, 300, 0.01);
        RecordedRun b = cells(1, 200, 300, 0.01);
        hostA.accept(a.environment().withObject("/host"));
        hostB.accept(b.environment().withObject("/host"));
        boolean compared = true;
        RunGroup sideA = side("a", a);
        RunGroup sideB = side("b", b);
        try {
            Comparison.of(sideA, sideB, Rules.standard());
        } catch (Fault refused) {
            compared = false;
        }
        Map<String, String> unlike = Comparison.of(sideA, sideB, new Rules(0.05, 0.05, Correction.HOLM, true)).unlike();
        assertThat(compared).as(unlike.toString()).isEqualTo(unlike.isEmpty());
        return unlike;
    }

    @Test
    void aKernelThatKeepsSomeMoreMemoryForItselfIsTheSameMachine() throws IOException {
        assertThat(unlike(host -> host.put("memoryBytes", 16_777_216_000L), host -> host.put("memoryBytes", 16_777_175_040L))).isEmpty();
        assertThat(unlike(host -> host.put("memoryBytes", 16_777_216_000L), host -> host.put("memoryBytes", 15_600_000_000L)))
                .containsOnlyKeys("host.memoryBytes");
    }

    @Test
    void quotaGovernorAndLimitOfMemoryAreConditions() throws IOException {
        assertThat(unlike(host -> host.put("cpuQuota", 1.5).put("governor", "powersave").putNull("memoryLimitBytes"),
                host -> host.putNull("cpuQuota").put("governor", "performance").put("memoryLimitBytes", 1L << 30)))
                .containsEntry("host.cpuQuota", "1.5 in A, none in B")
                .containsEntry("host.governor", "powersave in A, performance in B")
                .containsEntry("host.memoryLimitBytes", "none in A, 1073741824 in B").hasSize(3);
    }

    @Test
    void whatAnEarlierVersionDidNotAskIsNoDifference() throws IOException {
        assertThat(unlike(host -> { }, host -> host.put("governor", "performance").putNull("cpuQuota"))).isEmpty();
    }

    /** An old run is like both of two that are not like each other. */
    @Test
    void whatIsLikeAThirdIsNotThereforeAlike() throws IOException {
        RecordedRun fast = cells(1, 200, 300, 0.01);
        fast.environment().withObject("/host").put("governor", "performance");
        RecordedRun slow = cells(1, 300, 600, 0.01);
        slow.environment().withObject("/host").put("governor", "powersave");
        Comparison comparison = Comparison.of(side("a", cells(1, 100, 300, 0.01)), side("b", fast, slow), Rules.standard());
        assertThat(comparison.cells()).singleElement().matches(cell -> cell.b().rows().size() == 1);
        assertThat(comparison.onlyB()).singleElement().matches(row -> row.conditions().value("host.governor").equals("powersave"));
    }

    @Test
    void aMachineThatBothHaveIsComparedAndTheOtherNamed() throws IOException {
        RunGroup a = side("a", cells(1, 100, 300, 0.01), new RecordedRun("Intel Xeon").ok(0, drawn(7, 5, 30, 0.01)));
        Comparison comparison = Comparison.of(a, side("b", cells(1, 200, 300, 0.01)), Rules.standard());
        assertThat(comparison.of(Verdict.SAME)).hasSize(1);
        assertThat(comparison.onlyA()).singleElement()
                .matches(row -> row.conditions().value("host.cpu").equals("Intel Xeon"));
        assertThat(ComparisonText.of(comparison)).contains("decoding=cached on host.cpu=Intel Xeon (OK)");
    }

    @Test
    void aRowWhoseRunWentOnUnderOtherConditionsIsLikeNoOther() throws IOException {
        Path b = cells(1, 200, 300, 0.01).goneOn("2026-01-02T00:00:00Z", "21.0.1").write(folder.resolve("b0"));
        RunGroup a = side("a", cells(1, 100, 300, 0.01));
        assertThatThrownBy(() -> Comparison.of(a, RunGroup.of(List.of(b)), Rules.standard())).isInstanceOf(Fault.class)
                .hasMessageContaining("host.java: 17.0.15 in A, 17.0.15 | 21.0.1 in B");
        Comparison anyway = Comparison.of(a, RunGroup.of(List.of(b)), new Rules(0.05, 0.05, Correction.HOLM, true));
        assertThat(anyway.unlike()).containsOnlyKeys("host.java");
    }

    @Test
    void aMachineThatChangedIsToldByItsRuler() throws IOException {
        RunGroup a = side("a", cells(1, 100, 300, 0.01));
        Path b = cells(1, 200, 330, 0.01).write(folder.resolve("b0"));
        assertThat(Comparison.of(a, RunGroup.of(List.of(b)), Rules.standard()).machine()).isEmpty();
        Files.writeString(folder.resolve("a0/drift.jsonl"), ruling(100) + "\n" + ruling(102) + "\n{\"torn");
        Files.writeString(b.resolve("drift.jsonl"), ruling(100) + "\n" + ruling(130) + "\n");
        Comparison comparison = Comparison.of(RunGroup.of(List.of(folder.resolve("a0"))), RunGroup.of(List.of(b)), Rules.standard());
        assertThat(ComparisonText.of(comparison)).contains("The machine was not the same, so a verdict may be about it:\n"
                + "- the ruler's compute differed by 30 % within B\n- the ruler's compute took 1.14 of A's time with B\n");
    }

    private static String ruling(double mean) {
        return "{\"forks\":0,\"outcome\":\"OK\",\"readings\":{\"compute\":{\"estimate\":{\"mean\":" + mean + "}}}}";
    }

    /** Over many pairs of runs of one build, of ten cells each, few may hold any false verdict. */
    @Test
    void falseVerdictsAreAsRareAsPromised() {
        int pairs = 400;
        int wrongDifference = 0;
        int wrongSame = 0;
        for (int pair = 0; pair < pairs; pair++) {
            double[] different = new double[10];
            double[] same = new double[10];
            for (int cell = 0; cell < 10; cell++) {
                different[cell] = effect(pair * 100 + cell, 0).pDifferent();
                same[cell] = effect(pair * 100 + 50 + cell, Math.log(1.05)).pEquivalent();
            }
            wrongDifference += Arrays.stream(Correction.HOLM.adjust(different)).anyMatch(p -> p <= 0.05) ? 1 : 0;
            wrongSame += Arrays.stream(Correction.HOLM.adjust(same)).anyMatch(p -> p <= 0.05) ? 1 : 0;
        }
        // 5 % are 20 of 400; five standard deviations more are 42.
        assertThat(wrongDifference).isBetween(1, 42);
        assertThat(wrongSame).isBetween(1, 42);
    }

    private static Effect effect(int seed, double shift) {
        Random random = new Random(seed);
        double[] a = random.doubles(5).map(x -> 0.02 * random.nextGaussian()).toArray();
        double[] b = random.doubles(5).map(x -> shift + 0.02 * random.nextGaussian()).toArray();
        return Effect.of(a, b, 0.05, 0.05);
    }
}
