package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a benchmark throws, or dies of, is the row of its cell and in the report, with the benchmark's own sentence. */
@EnabledOnOs(OS.LINUX)
class SweepOutcomesTest {

    private static final String DEAD = "the forked JVM ended with exit code ";

    @TempDir
    static Path classes;

    @TempDir
    Path folder;

    @BeforeAll
    static void compileTheProbe() throws IOException {
        ProbeClasses.compile(classes);
    }

    @Test
    void everyOutcomeReachesItsRowAndTheReport() throws Exception {
        Map<String, String> reasons = Map.ofEntries(
                Map.entry("fine", "OK"),
                Map.entry("fault", "ERROR The probe was told to fail: choose deed=fine."),
                Map.entry("exit", "ERROR " + DEAD + "5: The probe gives up."),
                Map.entry("crash", "NATIVE_CRASH " + DEAD + "134, a crash in native code"),
                Map.entry("heap", "OOM_HOST " + DEAD + "3, for lack of Java heap"),
                Map.entry("OOM_DEVICE", "OOM_DEVICE OOM_DEVICE: the probe was told so. It has a second line."),
                Map.entry("sleep", "TIMEOUT TIMEOUT: JMH interrupted the iteration after 1 s: java.lang.IllegalStateException: "
                        + "The sleep was interrupted"),
                Map.entry("TIMEOUT", "TIMEOUT TIMEOUT: the probe was told so. It has a second line."),
                Map.entry("DEVICE_FALLBACK", "DEVICE_FALLBACK DEVICE_FALLBACK: the probe was told so. It has a second line."),
                Map.entry("WRONG_OUTPUT", "WRONG_OUTPUT WRONG_OUTPUT: the probe was told so. It has a second line."),
                Map.entry("CONTEXT_FULL", "CONTEXT_FULL CONTEXT_FULL: the probe was told so. It has a second line."));
        Path plan = Files.writeString(folder.resolve("plan.yaml"), """
                jmh: {f: 1, wi: 0, i: 1, r: 10ms}
                timeoutSeconds: 120
                ruler: false
                entries:
                  - {benchmark: ProbeBenchmark.spin, params: {deed: [%s]}}
                  - {benchmark: ProbeBenchmark.spin, jmh: {bm: ss, to: 1s}, params: {deed: sleep}}
                  - {benchmark: ProbeBenchmark.spin, params: {precision: bf16}}
                  - {benchmark: FullPieceBenchmark.generate, params: {backend: onnx, decoding: cached, seed: 3, patches: 12}}
                  - {benchmark: FullPieceBenchmark.generate, params: {patchLength: 8, prompt: Baroque/Bach/Choral, backend: onnx, decoding: cached,
                     patches: 60}}
                """.formatted(reasons.keySet().stream().filter(deed -> !deed.equals("sleep")).collect(Collectors.joining(", "))));
        RunningSweep sweep = RunningSweep.start(classes, plan, folder.resolve("run"), "");
        assertThat(sweep.exitCode()).as(sweep::output).isEqualTo(1);

        List<CellRow> rows = sweep.rows();
        List<CellRow> probes = rows.stream().filter(row -> row.cell().shortName().equals("ProbeBenchmark.spin")).toList();
        assertThat(probes.stream().filter(row -> row.outcome() != Outcome.SKIPPED))
                .allSatisfy(row -> assertThat(row.outcome() + (row.reason().isEmpty() ? "" : " " + row.reason()))
                        .isEqualTo(reasons.get(row.params().get("deed")))).hasSize(reasons.size());
        assertThat(probes).filteredOn(row -> row.outcome() == Outcome.SKIPPED).singleElement()
                .satisfies(row -> assertThat(row.params()).containsEntry("precision", "bf16"));
        assertThat(rows).filteredOn(row -> row.params().containsValue("Baroque/Bach/Choral"))
                .as("a piece whose header alone fills the window")
                .singleElement().satisfies(row -> assertThat(row.reason()).startsWith("CONTEXT_FULL: ").endsWith(", seed 0"))
                .extracting(CellRow::outcome).isEqualTo(Outcome.CONTEXT_FULL);
        assertThat(rows).extracting(CellRow::outcome).contains(Outcome.values());
        String piece = Invocation.of("generate", "-p", "backend=onnx", "-p", "decoding=cached", "-p", "seed=3", "-p", "patches=12").out();
        CellRow written = rows.stream().filter(row -> row.params().getOrDefault("seed", "").equals("3")).findFirst().orElseThrow();
        assertThat(new RunFolder(sweep.folder()).piece(written.number())).hasValueSatisfying(abc ->
                assertThat(abc.strip()).isEqualTo(piece.strip()).contains("%%score"));
        String report = Invocation.of("report", folder.resolve("run").toString()).out();
        assertThat(rows).filteredOn(row -> row.outcome() != Outcome.OK)
                .allSatisfy(row -> assertThat(report).containsPattern(row.outcome() + ".*" + row.reason().replaceAll("\\W+", ".*")));
        assertThat(sweep.folder().resolve("summary.md")).content().contains("    " + piece.lines().findFirst().orElseThrow() + "\n");
    }
}
