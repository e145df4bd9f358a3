package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.generate.Outcome;
import io.notagenbench.sweep.CellRow;
import io.notagenbench.sweep.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepCommandTest {

    @TempDir
    Path folder;

    private Path plan() throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), """
                jmh: {f: 1, wi: 0, i: 1, r: 3s}
                timeoutSeconds: 120
                entries:
                  - benchmark: TextBenchmark.decode
                    params: {work: [two-voices, long]}
                """);
    }

    @Test
    void aDryRunListsCellsAndThoseThatCannotRun() {
        Invocation run = Invocation.of("sweep", "--dry-run", "-p", "context=24,300", "-p", "backend=onnx");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("PatchStepBenchmark.step backend=onnx context=24 decoding=cached\n",
                "context=300 decoding=cached SKIPPED: context=300 is more than the 256 position rows")
                .doesNotContain("pytorch");
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingRuns() {
        assertThat(Invocation.of("sweep").err()).contains("sweep -o FOLDER");
        assertThat(Invocation.of("sweep", "--plan", "slow").err()).contains("There is no plan 'slow'");
        assertThat(Invocation.of("sweep", "-o", folder.resolve("run").toString(), "-p", "model=huge").err())
                .contains("model 'huge' is neither a file");
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(Invocation.of("report", folder.toString()).err()).contains("holds no run");
    }

    @Test
    void aDeviceThatWasAskedForAndIsNotHereEndsTheSweep() {
        assumeTrue(CudaPresence.look().missing("device=cuda").isPresent());
        Invocation run = Invocation.of("sweep", "-o", folder.resolve("run").toString(), "-p", "device=cpu,cuda:1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("device=cuda:1 cannot run here: ").endsWith("or choose device=cpu.\n");
        assertThat(folder.resolve("run")).doesNotExist();
        Invocation dry = Invocation.of("sweep", "--dry-run", "-p", "device=cuda:1", "-p", "backend=onnx");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out()).contains("SKIPPED: device=cuda:1 cannot run here: ");
    }

    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {false, true})
    void aRunThatWasEndedLeavesNoProcessAndGoesOn(boolean killed) throws Exception {
        Path run = folder.resolve("run");
        String plan = plan().toString();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djmh.ignoreLock=true", "-cp", System.getProperty("java.class.path"), "io.notagenbench.Main", "sweep",
                "--plan", plan, "-o", run.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile()).start();
        while (process.isAlive() && (!Files.exists(run.resolve("logs/002.log")) || process.descendants().count() < 2)) {
            Thread.sleep(20);
        }
        List<ProcessHandle> children = process.descendants().toList();
        if (killed) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(children).isNotEmpty();
        for (ProcessHandle child : children) {
            child.onExit().get(1, TimeUnit.MINUTES);
        }
        List<CellRow> before = new RunFolder(run).rows();
        assertThat(before).extracting(CellRow::outcome).containsExactly(Outcome.OK);

        Launch resumed = Launch.of(folder, folder, "sweep", "--plan", plan, "-o", run.toString(), "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).doesNotContain("[1/2]").contains("[2/2]");
        assertThat(new RunFolder(run).rows()).hasSize(2).startsWith(before.get(0));
        JsonNode results = new ObjectMapper().readTree(run.resolve("results.json").toFile());
        assertThat(results).hasSize(2);
        assertThat(results.findValues("rss.peak")).as("every row has its memory").hasSize(2)
                .allSatisfy(peak -> assertThat(peak.get("score").asDouble()).isPositive());
        assertThat(Invocation.of("report", run.toString()).out()).contains("2 OK of 2 cells");
        assertThat(run.resolve("summary.md")).content().contains("work=two-voices");
    }
}
