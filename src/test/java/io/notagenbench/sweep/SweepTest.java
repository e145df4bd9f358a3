package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.Main;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Outcome;
import io.notagenbench.report.Report;
import io.notagenbench.report.render.Markdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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

    @TempDir
    Path temporary;

    private final StringWriter progress = new StringWriter();

    private List<CellRow> run(Path folder, List<Cell> cells, int seconds, boolean resume, List<String> launcher) {
        return new Sweep(cells, seconds, new RunFolder(folder), new CellProcess(launcher), new PrintWriter(progress))
                .run(Environment.collect("test", "test", Map.of(), cells), cell -> Optional.empty(), resume);
    }

    private static List<String> jmh() {
        return CellProcess.launcher(Main.class.getName());
    }

    private static List<Cell> cells(String plan) {
        return Plan.parse("test", plan).cells(Catalog.ofClassPath(), Map.of());
    }

    @Test
    void aRowNamesTheCardThatItsForksName() {
        assertThat(Sweep.device(List.of("# Fork: 1 of 2",
                "device=cuda:1 is NVIDIA L40S at 0000:65:00.0: 44.10 GiB free before, 41.20 GiB after loading", "# Warmup",
                "device=cuda:1 is NVIDIA L40S at 0000:65:00.0: 44.10 GiB free before, 41.21 GiB after loading")))
                .isEqualTo("NVIDIA L40S at 0000:65:00.0: 44.10 GiB free before, 41.20 GiB after loading");
        assertThat(Sweep.device(List.of("# Parameters: (device = cpu)"))).isNull();
    }

    @Test
    void aRunLeavesJournalResultsEnvironmentAndLog() throws IOException {
        Path folder = temporary.resolve("run");
        List<CellRow> rows = run(folder, cells(PLAN), 120, false, jmh());
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).reason()).isEmpty();
        assertThat(rows.get(0).outcome()).isEqualTo(Outcome.OK);
        assertThat(new RunFolder(folder).rows()).isEqualTo(rows);
        JsonNode results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        assertThat(results).hasSize(1);
        assertThat(results.get(0).at("/params/work").asText()).isEqualTo("two-voices");
        assertThat(results.get(0).at("/primaryMetric/score").asDouble()).isEqualTo(rows.get(0).score()).isPositive();
        assertThat(rows.get(0).measured().samples()).hasSize(1).first().asList().hasSize(1);
        assertThat(rows.get(0).measured().estimate().mean()).isEqualTo(rows.get(0).score());
        assertThat(rows.get(0).measured().mode()).isEqualTo("avgt");
        assertThat(new RunFolder(folder).environment().orElseThrow().at("/host/memoryBytes").asLong()).isPositive();
        assertThat(folder.resolve("logs/001.log")).isNotEmptyFile();
        assertThat(progress.toString()).contains("[1/1] TextBenchmark.decode", "1 done, 0 left, 0 failed");
        assertThat(Markdown.brief(Report.of(List.of(new RunFolder(folder))))).contains("Text decode", "work=two-voices", "1 OK of 1 cell");
    }

    @Test
    void resumingRepeatsWhatFailedAndNothingElse() throws IOException {
        Path folder = temporary.resolve("run");
        List<Cell> cells = cells(PLAN.replace("two-voices", "two-voices, long, four-voices"));
        List<String> failing = shell("case \"$*\" in *work=long*) echo 'no luck'; exit 1;; esac; echo \"$*\" >> "
                + temporary.resolve("calls") + "; " + answer());
        List<CellRow> first = run(folder, cells, 60, false, failing);
        assertThat(first).extracting(CellRow::outcome).containsExactly(Outcome.OK, Outcome.ERROR, Outcome.OK);
        assertThat(first.get(1).reason()).isEqualTo("no luck");
        Files.writeString(folder.resolve("journal.jsonl"), "{\"number\":2,\"bench", StandardOpenOption.APPEND);

        List<String> working = shell("echo \"$*\" >> " + temporary.resolve("calls") + "; " + answer());
        List<CellRow> second = run(folder, cells, 60, true, working);
        assertThat(second).extracting(CellRow::outcome).containsOnly(Outcome.OK);
        assertThat(second.get(0)).isEqualTo(first.get(0));
        assertThat(new RunFolder(folder).rows()).containsExactlyInAnyOrderElementsOf(second);
        List<String> calls = Files.readAllLines(temporary.resolve("calls"));
        assertThat(calls).hasSize(3);
        assertThat(calls.get(2)).contains("work=long");
        assertThat(new ObjectMapper().readTree(folder.resolve("results.json").toFile())).hasSize(3);
    }

    @Test
    void aFolderWithARunIsNotOverwritten() {
        Path folder = temporary.resolve("run");
        run(folder, cells(PLAN), 60, false, shell(answer()));
        assertThatThrownBy(() -> run(folder, cells(PLAN), 60, false, shell(answer()))).isInstanceOf(Fault.class)
                .hasMessageContaining("--resume");
        assertThatThrownBy(() -> run(folder, cells(PLAN.replace("two-voices", "long")), 60, true, shell(answer())))
                .isInstanceOf(Fault.class).hasMessageContaining("another plan");
    }

    @Test
    void aCellThatTakesTooLongIsKilledWithItsChildren() throws Exception {
        Path pids = temporary.resolve("pids");
        List<CellRow> rows = run(temporary.resolve("run"), cells(PLAN), 2, false,
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
        assertThat(run(temporary.resolve("run"), cells(PLAN), 60, false, shell("true")).get(0).outcome())
                .isEqualTo(Outcome.ERROR);
    }

    @Test
    void aRefusedCellIsSkippedWithItsReason() {
        List<Cell> cells = cells(PLAN);
        List<CellRow> rows = new Sweep(cells, 60, new RunFolder(temporary.resolve("run")),
                new CellProcess(shell("exit 9")), new PrintWriter(progress))
                .run(Environment.collect("test", "test", Map.of(), cells), cell -> Optional.of("Not here."), false);
        assertThat(rows).singleElement().matches(CellRow::isFine);
        assertThat(rows.get(0).reason()).isEqualTo("Not here.");
    }

    /** A launcher that is a shell script; the arguments of the cell are its own. */
    private static List<String> shell(String script) {
        return new ArrayList<>(List.of("sh", "-c", script, "cell"));
    }

    /** Writes a result with one sample to the file that the last argument names. */
    private static String answer() {
        return "for file; do :; done; echo '[{\"benchmark\":\"a.B.c\",\"primaryMetric\":{\"score\":1.5,"
                + "\"scoreUnit\":\"ms/op\",\"rawData\":[[1.5]]}}]' > \"$file\"";
    }
}
