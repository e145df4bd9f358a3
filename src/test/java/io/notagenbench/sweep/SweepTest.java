package io.notagenbench.sweep;

import static io.notagenbench.document.MarkdownRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.cli.ForkHost;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.report.Report;
import io.notagenbench.report.render.Markdown;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.ForkRun;
import io.notagenbench.results.JmhResults;
import io.notagenbench.results.RulerReading;
import io.notagenbench.results.RunFolder;
import io.notagenbench.statistics.Estimate;
import io.notagenbench.statistics.Trend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs plans through real processes. */
class SweepTest {

    private static final String PLAN = """
            jmh: {f: 1, wi: 0, i: 1, r: 10ms}
            timeoutSeconds: 120
            entries:
              - benchmark: TextBenchmark.decode
                params: {work: [two-voices]}
            """;

    /** Makes a command line that a sweep sends the arguments of a shell. */
    private static final String READ_ARGUMENTS = "read -r line && set -- $(echo \"$line\" | tr -d '[]\"' | tr , ' ')";

    @TempDir
    Path temporary;

    private final StringWriter progress = new StringWriter();

    private List<CellRow> run(Path folder, List<Cell> cells, int seconds, SweepStart start, List<String> launcher) {
        return run(folder, cells, seconds, start, launcher, cell -> Optional.empty(), false);
    }

    private List<CellRow> run(Path folder, List<Cell> cells, int seconds, SweepStart start, List<String> launcher,
            Function<Cell, Optional<String>> refusal, boolean ruler) {
        Job job = new Job(cells.size(), Shard.WHOLE, Shard.WHOLE.of(cells), seconds, ruler, Optional.empty(), 1);
        return run(folder, job, launcher, refusal, start, PresentEnvironment.collect("test", "test", Map.of(), cells));
    }

    private List<CellRow> run(Path folder, Job job, List<String> launcher, Function<Cell, Optional<String>> refusal, SweepStart start,
            PresentEnvironment environment) {
        return new Sweep(job, new RunFolder(folder), new CellProcess(launcher, List.of(), folder), new PrintWriter(progress))
                .run(environment, refusal, start);
    }

    private List<String> jmh() {
        return CellProcess.launcher(ForkHost.class.getName(), temporary.resolve("run"), List.of());
    }

    private static List<Cell> cells(String plan) {
        return PlanReader.read("test", plan).cells(Catalog.ofClassPath(), Map.of(), Map.of());
    }

    @Test
    void whatAForkReportsIsInItsRowsAndAPieceInAFile() throws IOException {
        Path folder = temporary.resolve("run");
        String report = "{\"device\":\"NVIDIA L40S at 0000:65:00.0: 44.10 GiB free before\",\"peakBytes\":123,\"abc\":\"X:1\\nK:C\\n\"}";
        List<CellRow> rows = run(folder, cells(PLAN), 60, SweepStart.FRESH, shell("printf '%s' '" + report + "' > " + folder
                + "/tmp/fork.json; " + answer()));
        assertThat(rows.get(0).device()).isEqualTo("NVIDIA L40S at 0000:65:00.0: 44.10 GiB free before");
        RunFolder written = new RunFolder(folder);
        assertThat(written.piece(1)).contains("X:1\nK:C\n");
        assertThat(written.forks()).filteredOn(ForkRow.class::isInstance).singleElement()
                .isInstanceOfSatisfying(ForkRow.class, fork -> assertThat(fork.peakBytes()).isEqualTo(123));
        assertThat(folder.resolve("tmp")).doesNotExist();
    }

    @Test
    void aLogIsNotReadForWordsOfTheSuite() {
        List<CellRow> rows = run(temporary.resolve("run"), cells(PLAN), 60, SweepStart.FRESH, shell("echo '# JMH version: 1.37';"
                + " echo 'device=cuda:1 is NVIDIA L40S'; echo '  a.B.c: 0 of 3 iterations: WRONG_OUTPUT: x'; exit 1"));
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(rows.get(0).device()).isNull();
    }

    @Test
    void aRunLeavesJournalResultsEnvironmentAndLog() throws IOException {
        Path folder = temporary.resolve("run");
        List<CellRow> rows = run(folder, cells(PLAN), 120, SweepStart.FRESH, jmh());
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).reason()).isEmpty();
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.OK);
        assertThat(new RunFolder(folder).rows()).isEqualTo(rows);
        JsonNode results = new JmhResults(new RunFolder(folder)).all();
        assertThat(results).hasSize(1);
        assertThat(results.get(0).at("/params/work").asText()).isEqualTo("two-voices");
        assertThat(results.get(0).at("/primaryMetric/score").asDouble()).isEqualTo(rows.get(0).score()).isPositive();
        assertThat(rows.get(0).measured().samples()).hasSize(1).first().asList().hasSize(1);
        assertThat(rows.get(0).measured().estimate().mean()).isEqualTo(rows.get(0).score());
        assertThat(rows.get(0).measured().mode()).isEqualTo("avgt");
        assertThat(new RunFolder(folder).environment().orElseThrow().memoryBytes()).isPositive();
        assertThat(folder.resolve("logs/001.log")).isNotEmptyFile();
        assertThat(progress.toString()).contains("[1/1] TextBenchmark.decode", "1 done, 0 left, 0 failed");
        assertThat(Markdown.brief(Report.of(List.of(new RunFolder(folder))))).contains("Text decode", "work=two-voices", "1 OK of 1 cell");
    }

    @Test
    void resumingRepeatsNothingThatEndedAndRetryingOnlyWhatItNames() throws IOException {
        Path folder = temporary.resolve("run");
        Path calls = temporary.resolve("calls");
        List<Cell> cells = cells(PLAN.replace("two-voices", "two-voices, long, four-voices"));
        List<String> failing = shell("case \"$*\" in *work=long*) echo 'no luck'; exit 1;; esac; echo \"$*\" >> " + calls + "; "
                + answer());
        List<CellRow> first = run(folder, cells, 60, SweepStart.FRESH, failing);
        assertThat(first).extracting(CellRow::outcome).containsExactly(Outcome.OK, Outcome.ERROR, Outcome.OK);
        assertThat(first.get(1).reason()).isEqualTo("no luck");
        Files.writeString(folder.resolve("journal.jsonl"), "{\"number\":2,\"bench", StandardOpenOption.APPEND);

        List<String> working = shell("echo \"$*\" >> " + calls + "; " + answer());
        assertThat(run(folder, cells, 60, SweepStart.RESUMED, working)).isEqualTo(first);
        assertThat(run(folder, cells, 60, SweepStart.retrying(List.of("TIMEOUT", "OOM_HOST")), working)).isEqualTo(first);
        assertThat(Files.readAllLines(calls)).hasSize(2);

        List<CellRow> second = run(folder, cells, 60, SweepStart.retrying(List.of("ERROR")), working);
        assertThat(second).extracting(CellRow::outcome).containsOnly(Outcome.OK);
        assertThat(second.get(0)).isEqualTo(first.get(0));
        assertThat(new RunFolder(folder).rows()).containsExactlyInAnyOrderElementsOf(second);
        assertThat(Files.readAllLines(calls)).hasSize(3).last().asString().contains("work=long");
        assertThat(new JmhResults(new RunFolder(folder)).all()).hasSize(3);
    }

    @Test
    void whatIsMeasuredUnderOtherConditionsSaysSo() throws IOException {
        Path folder = temporary.resolve("run");
        Path calls = temporary.resolve("calls");
        List<Cell> cells = cells(PLAN.replace("f: 1", "f: 2").replace("two-voices", "two-voices, long"));
        Job job = new Job(2, Shard.WHOLE, Shard.WHOLE.of(cells), 60, false, Optional.empty(), 1);
        PresentEnvironment first = PresentEnvironment.collect("test", "test", Map.of(), cells);
        // The second fork of one cell fails, so that its row has forks of both.
        List<String> failing = shell("case \"$*\" in *work=long*) echo x >> " + calls + "; if [ $(wc -l < " + calls
                + ") = 2 ]; then exit 1; fi;; esac; " + answer());
        run(folder, job, failing, cell -> Optional.empty(), SweepStart.FRESH, first);
        assertThat(run(folder, job, failing, cell -> Optional.empty(), SweepStart.RESUMED, at("2026-01-01T00:00:00Z", first, first.commit(),
                first.variables()))).as("nothing but the time changed").flatExtracting(CellRow::conditions).containsOnly("");
        assertThat(progress.toString()).doesNotContain("other conditions");
        assertThat(new RunFolder(folder).laterEnvironments()).isEmpty();

        PresentEnvironment changed = at("2026-01-02T00:00:00Z", first, "ffff", Map.of("OMP_PROC_BIND", "true"));
        List<CellRow> rows = run(folder, job, shell(answer()), cell -> Optional.empty(), SweepStart.retrying(List.of("ERROR")), changed);
        assertThat(rows).extracting(CellRow::conditions)
                .containsExactly(Set.of(""), Set.of("", "2026-01-02T00:00:00Z"));
        assertThat(progress.toString()).contains("goes on under other conditions", "  commit: ", ", ffff now",
                "  variables.OMP_PROC_BIND: not known before, true now");
        assertThat(new RunFolder(folder).rows()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(new RunFolder(folder).environment().orElseThrow().started()).isEqualTo(first.started());
        assertThat(new RunFolder(folder).laterEnvironments().get("2026-01-02T00:00:00Z").commit()).contains("ffff");
        String report = Markdown.of(Report.of(List.of(new RunFolder(folder))));
        assertThat(report).contains(
                "1 of 2 cells were measured after the run had gone on under other conditions, 1 of them in part: commit,"
                        + " variables.OMP_PROC_BIND changed.");
        assertThat(rows(report, "since", "what", "before", "then"))
                .contains(List.of("2026-01-02T00:00:00Z", "variables.OMP_PROC_BIND", "not known", "true"));
        assertThat(rows(report, "benchmark", "parameters", "measured since", "forks then", "forks"))
                .contains(List.of("TextBenchmark.decode", "work=long", "2026-01-02T00:00:00Z", "1", "2"));

        run(folder, job, shell(answer()), cell -> Optional.empty(), SweepStart.RESUMED, at("2026-01-03T00:00:00Z", first, "ffff",
                changed.variables()));
        assertThat(new RunFolder(folder).laterEnvironments()).as("known already").containsOnlyKeys("2026-01-02T00:00:00Z");
    }

    private static PresentEnvironment at(String started, PresentEnvironment like, String commit, Map<String, String> variables) {
        return new PresentEnvironment(started, like.suite(), commit, like.jmh(), like.engines(), like.host(), 0.5, like.models(), like.plan(),
                like.shard(), like.orderSeed(), like.parameters(), like.jvmFlags(), variables);
    }

    @Test
    void variablesThatChangeATimeAreKept() {
        assertThat(PresentEnvironment.variables(Map.of("OMP_NUM_THREADS", "4", "HOME", "/root", "LD_PRELOAD", "x.so", "MY_OMP_X", "1")))
                .containsOnlyKeys("OMP_NUM_THREADS", "LD_PRELOAD");
    }

    @Test
    void onlyWhatFailedCanBeRetried() {
        assertThatThrownBy(() -> SweepStart.retrying(List.of("OK"))).isInstanceOf(Fault.class).hasMessageContaining("choose from");
        assertThatThrownBy(() -> SweepStart.retrying(List.of("oom"))).isInstanceOf(Fault.class)
                .hasMessageContaining("is not an outcome of a cell");
    }

    @Test
    void aBudgetIsSpentOnWhatIsNotDecidedAndItsIntervalsSaySo() throws IOException {
        Path folder = temporary.resolve("run");
        List<Cell> cells = cells(PLAN.replace("two-voices", "two-voices, long"));
        Job job = new Job(2, Shard.WHOLE, Shard.WHOLE.of(cells), 60, false, Optional.of(Duration.ofHours(1)), 1);
        PresentEnvironment environment = PresentEnvironment.collect("test", "test", Map.of(), cells);
        List<CellRow> rows = run(folder, job, shell(answer()), cell -> Optional.empty(), SweepStart.FRESH, environment);
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.runs()).extracting(ForkRun::round).containsExactly(1, 2, 3);
            assertThat(row.measured().estimate().basis()).isEqualTo(Estimate.Basis.FORKS_UNTIL_DECIDED);
        });
        assertThat(progress.toString()).contains("work=long, fork 3 ... ").contains("2 done, 0 left, 0 failed: 60 min of the budget are left.");
        assertThat(new RunFolder(folder).rows()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(run(folder, job, List.of("/no/such/launcher"), cell -> Optional.empty(), SweepStart.RESUMED, environment))
                .as("nothing is left to measure").isEqualTo(rows);
    }

    @Test
    void armsAreInterleavedInRoundsOfOneFork() throws IOException {
        Path calls = temporary.resolve("calls");
        List<Cell> cells = cells(PLAN.replace("f: 1", "f: 3").replace("two-voices", "two-voices, long"));
        List<CellRow> rows = run(temporary.resolve("run"), cells, 60, SweepStart.FRESH,
                shell("case \"$*\" in *-f\\ 1*) echo \"$*\" >> " + calls + "; " + answer() + ";; esac"));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.outcome()).isEqualTo(Outcome.OK);
            assertThat(row.measured().samples()).isEqualTo(List.of(List.of(1.5), List.of(1.5), List.of(1.5)));
            assertThat(row.measured().estimate().forks()).isEqualTo(3);
            assertThat(row.runs()).extracting(ForkRun::round).containsExactly(1, 2, 3);
            assertThat(row.runs()).extracting(ForkRun::place).allMatch(place -> place == 1 || place == 2);
        });
        List<String> order = Files.readAllLines(calls).stream().map(call -> call.replaceFirst(".*work=(\\S+).*", "$1")).toList();
        assertThat(order).hasSize(6);
        for (int round = 0; round < 3; round++) {
            assertThat(order.subList(2 * round, 2 * round + 2)).containsExactlyInAnyOrder("two-voices", "long");
        }
    }

    @Test
    void aForkThatFailsEndsItsCellAndLosesNoOther() throws IOException {
        Path folder = temporary.resolve("run");
        Path calls = temporary.resolve("calls");
        List<Cell> cells = cells(PLAN.replace("f: 1", "f: 3"));
        String counting = "echo x >> " + calls + "; ";
        List<CellRow> rows = run(folder, cells, 60, SweepStart.FRESH, shell(counting + "if [ $(wc -l < " + calls
                + ") = 2 ]; then echo 'no luck'; exit 1; fi; " + answer()));
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(rows.get(0).score()).isNull();
        assertThat(rows.get(0).measured().samples()).isEqualTo(List.of(List.of(1.5)));
        assertThat(Files.readAllLines(calls)).hasSize(2);

        rows = run(folder, cells, 60, SweepStart.retrying(List.of("ERROR")), shell(counting + answer()));
        assertThat(rows.get(0).measured().samples()).hasSize(3);
        assertThat(rows.get(0).runs()).extracting(ForkRun::round).containsExactly(1, 2, 3);
        assertThat(Files.readAllLines(calls)).as("the fork that was fine is not repeated").hasSize(4);
    }

    @Test
    void aRunThatDiedBetweenAForkAndItsRowIsCompleted() throws IOException {
        Path folder = temporary.resolve("run");
        List<CellRow> rows = run(folder, cells(PLAN), 60, SweepStart.FRESH, shell(answer()));
        Files.writeString(folder.resolve("journal.jsonl"), "");
        assertThat(run(folder, cells(PLAN), 60, SweepStart.RESUMED, shell("exit 9"))).isEqualTo(rows);
    }

    @Test
    void aCellOfAnOldRunWhoseResultIsLostIsMeasuredAgain() throws IOException {
        Path folder = temporary.resolve("run");
        run(folder, cells(PLAN), 60, SweepStart.FRESH, shell(answer()));
        String row = Files.readString(folder.resolve("journal.jsonl")).replaceFirst("\"measured\":.*(?=,\"runs\")", "\"new\":1");
        for (String result : List.of("", "[{\"primaryMetric\":{\"rawData\":[[1]]}}]")) {
            Files.writeString(folder.resolve("journal.jsonl"), row);
            Files.writeString(folder.resolve("forks.jsonl"), "");
            if (!result.isEmpty()) {
                Files.writeString(Files.createDirectory(folder.resolve("cells")).resolve("001.json"), result);
            }
            assertThat(run(folder, cells(PLAN), 60, SweepStart.RESUMED, shell("exit 9"))).extracting(CellRow::outcome)
                    .containsExactly(result.isEmpty() ? Outcome.ERROR : Outcome.OK);
        }
    }

    @Test
    void theRulerTellsHowTheMachineDrifted() throws IOException {
        Path folder = temporary.resolve("run");
        String reading = "{\"benchmark\":\"a.RulerBenchmark.compute\",\"primaryMetric\":{\"score\":N,\"scoreUnit\":\"us/op\","
                + "\"rawData\":[[N]]}}";
        Path times = temporary.resolve("times");
        List<CellRow> rows = run(folder, cells(PLAN.replace("f: 1", "f: 2")), 60, SweepStart.FRESH, shell("case \"$*\" in *Ruler*) "
                + "echo x >> " + times + "; n=$(wc -l < " + times + "); for file; do :; done; echo '[" + reading
                + "]' | sed s/N/$n/g > \"$file\"; exit;; esac; " + answer()), cell -> Optional.empty(), true);
        assertThat(rows).hasSize(1).allMatch(CellRow::isFine);
        List<RulerReading> rulerReadings = new RunFolder(folder).rulerReadings();
        assertThat(rulerReadings).as("before and after two short rounds").extracting(RulerReading::forks).containsExactly(0, 2);
        assertThat(rulerReadings).extracting(taken -> taken.readings().get("compute").estimate().mean())
                .containsExactly(1.0, 2.0);
        assertThat(progress.toString()).contains("slowest to fastest ruler: compute 100.0 %");
    }

    @Test
    void aRulerThatFailsStopsNothing() {
        Path folder = temporary.resolve("run");
        List<CellRow> rows = run(folder, cells(PLAN), 60, SweepStart.FRESH,
                shell("case \"$*\" in *Ruler*) echo 'no luck'; exit 1;; esac; " + answer()), cell -> Optional.empty(), true);
        assertThat(rows).allMatch(CellRow::isFine);
        assertThat(new RunFolder(folder).rulerReadings()).hasSize(2).extracting(RulerReading::reason).containsOnly("no luck");
    }

    @Test
    void aCellThatCannotFitBecauseASmallerOneDidNotIsSkipped() {
        List<Cell> cells = cells(PLAN.replace("[two-voices]", "[long], patchLength: [128, 32, 64]"));
        List<CellRow> rows = run(temporary.resolve("run"), cells, 60, SweepStart.FRESH,
                shell("case \"$*\" in *patchLength=64*) echo 'java.lang.OutOfMemoryError: Java heap space'; exit 1;; esac; "
                        + answer()));
        assertThat(rows).extracting(CellRow::outcome).containsExactly(Outcome.SKIPPED, Outcome.OK, Outcome.OOM_HOST);
        assertThat(rows.get(0).reason()).startsWith("It cannot fit: TextBenchmark.decode");
    }

    @Test
    void aCellThatHadNotSettledIsFlagged() {
        List<CellRow> rows = run(temporary.resolve("run"), cells(PLAN), 60, SweepStart.FRESH,
                shell(answer().replace("[[1.5]]", "[[5,4,3,2,1]]")));
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.OK);
        assertThat(rows.get(0).measured().trend().state()).isEqualTo(Trend.State.TRENDING);
        assertThat(progress.toString()).contains("It had not settled: its samples changed by -133 % from first to last");
    }

    @Test
    void twoSweepsDoNotWriteToOneFolder() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("run"));
        try (FolderLock lock = FolderLock.take(folder, line -> { }, LockFile.Locks.SYSTEM)) {
            assertThatThrownBy(() -> run(folder, cells(PLAN), 60, SweepStart.FRESH, shell(answer()))).isInstanceOf(Fault.class)
                    .hasMessageContaining("Another sweep is writing to");
        }
        assertThat(run(folder, cells(PLAN), 60, SweepStart.FRESH, shell(answer()))).hasSize(1);
    }

    @Test
    void aFileSystemWithoutLocksIsToldOnceAndStopsNothing() {
        Path folder = temporary.resolve("run");
        List<Cell> cells = cells(PLAN);
        Job job = new Job(1, Shard.WHOLE, Shard.WHOLE.of(cells), 60, false, Optional.empty(), 1);
        Sweep sweep = new Sweep(job, new RunFolder(folder), new CellProcess(shell(answer()), List.of(), folder), new PrintWriter(progress),
                (channel, waits) -> {
                    throw new IOException("Function not implemented");
                });
        assertThat(sweep.run(PresentEnvironment.collect("test", "test", Map.of(), cells), cell -> Optional.empty(), SweepStart.FRESH))
                .hasSize(1).allMatch(CellRow::isFine);
        assertThat(progress.toString()).containsOnlyOnce("has no locks (Function not implemented): nothing keeps a second sweep out");
    }

    @Test
    void aFolderThatCannotBeMadeIsNotAskedToMakeRoom() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> run(file.resolve("run"), cells(PLAN), 60, SweepStart.FRESH, shell(answer()))).isInstanceOf(Fault.class)
                .hasMessageContaining("cannot be written").hasMessageEndingWith("Name a folder that you may write to: -o FOLDER.");
    }

    @Test
    void aFolderWithARunIsNotOverwritten() {
        Path folder = temporary.resolve("run");
        run(folder, cells(PLAN), 60, SweepStart.FRESH, shell(answer()));
        assertThatThrownBy(() -> run(folder, cells(PLAN), 60, SweepStart.FRESH, shell(answer()))).isInstanceOf(Fault.class)
                .hasMessageContaining("--resume");
        assertThatThrownBy(() -> run(folder, cells(PLAN.replace("two-voices", "long")), 60, SweepStart.RESUMED, shell(answer())))
                .isInstanceOf(Fault.class).hasMessageContaining("another plan");
    }

    @Test
    void aCellThatTakesTooLongIsKilledWithItsChildren() throws Exception {
        Path pids = temporary.resolve("pids");
        List<CellRow> rows = run(temporary.resolve("run"), cells(PLAN), 2, SweepStart.FRESH,
                shell("echo $$ >> " + pids + "; sleep 600 & echo $! >> " + pids + "; wait"));
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(rows.get(0).reason()).contains("2 s");
        Set<Long> alive = new TreeSet<>();
        for (String pid : Files.readAllLines(pids)) {
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
            if (process.isPresent()) {
                process.get().onExit().orTimeout(30, TimeUnit.SECONDS).exceptionally(late -> {
                    alive.add(process.get().pid());
                    return process.get();
                }).join();
            }
        }
        assertThat(alive).isEmpty();
    }

    @Test
    void aProcessWithoutAResultIsNoSuccess() {
        assertThat(run(temporary.resolve("run"), cells(PLAN), 60, SweepStart.FRESH, shell("true")).get(0).outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void aRefusedCellIsSkippedWithItsReason() {
        List<Cell> cells = cells(PLAN);
        List<CellRow> rows = run(temporary.resolve("run"), cells, 60, SweepStart.FRESH, shell("exit 9"),
                cell -> Optional.of("Not here."), false);
        assertThat(rows).singleElement().matches(CellRow::isFine);
        assertThat(rows.get(0).reason()).isEqualTo("Not here.");
    }

    @Test
    void aProcessGoesOnWithTheNextCellUntilOneFails() throws IOException {
        Path folder = temporary.resolve("run");
        Path pids = temporary.resolve("pids");
        List<Cell> cells = cells(PLAN.replace("two-voices", "two-voices, long, four-voices, three-voices, small-window"));
        List<CellRow> rows = run(folder, cells, 60, SweepStart.FRESH, List.of("sh", "-c", "end=$1; while " + READ_ARGUMENTS + "; do echo $$ >> "
                + pids + "; printf 'of %s' $$; code=0; case \"$*\" in *work=long*) code=1;; *work=three-voices*) exit 9;; *) " + answer()
                + ";; esac; echo $end $code; done", "host"));
        assertThat(rows).extracting(CellRow::outcome).filteredOn(Outcome.OK::equals).hasSize(3);
        List<String> by = Files.readAllLines(pids);
        assertThat(by).as("in the place of the one that failed and of the one that died").hasSize(5).containsSequence(by.get(0), by.get(1));
        List<String> order = rows.stream().sorted(Comparator.comparing(row -> row.runs().get(0).place()))
                .map(row -> row.cell().params().get("work")).toList();
        for (int next = 1; next < 5; next++) {
            boolean failed = List.of("long", "three-voices").contains(order.get(next - 1));
            assertThat(by.get(next).equals(by.get(next - 1))).as(order + " " + by).isNotEqualTo(failed);
        }
        assertThat(folder.resolve("logs/001.log")).as("without the line for the sweep").content().matches("of \\d+");
        assertThat(folder.resolve("tmp")).doesNotExist();
        assertThat(by.stream().map(Long::parseLong).flatMap(pid -> ProcessHandle.of(pid).stream())).isEmpty();
    }

    /** A launcher that is a shell script for one cell, whose arguments it gets. */
    private static List<String> shell(String script) {
        return List.of("sh", "-c", READ_ARGUMENTS + "; " + script, "cell");
    }

    /** Writes a result with one sample to the file that the last argument names. */
    private static String answer() {
        return "for file; do :; done; echo '[{\"benchmark\":\"a.B.c\",\"primaryMetric\":{\"score\":1.5,"
                + "\"scoreUnit\":\"ms/op\",\"rawData\":[[1.5]]}}]' > \"$file\"";
    }
}
