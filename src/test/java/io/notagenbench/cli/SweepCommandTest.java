package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.device.HostFacts;
import io.notagenbench.device.cuda.CudaPresence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {

    @TempDir
    Path folder;

    @Test
    void aDryRunListsCellsAndThoseThatCannotRun() {
        Invocation run = Invocation.of("sweep", "--dry-run", "-p", "context=24,300", "-p", "backend=onnx");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("ForwardPassBenchmark.patchStep backend=onnx context=24 decoding=cached: about ",
                "context=300 decoding=cached: SKIPPED: context=300 is more than the 256 position rows")
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
        assertThat(dry.out()).contains(": SKIPPED: device=cuda:1 cannot run here: ");
    }

    @Test
    void aSweepWithoutAPlanNamesItsBenchmarks() {
        Invocation run = Invocation.of("sweep", "patchStep", "prefill", "--dry-run", "-p", "context=8..32x2", "-p",
                "backend=onnx", "-p", "decoding=cached", "-f", "3", "-i", "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("ForwardPassBenchmark.patchStep backend=onnx context="))).hasSize(3);
        assertThat(run.out()).contains("6 cells, 0 of them SKIPPED; 18 forks in 3 rounds; the largest is predicted to take ");
    }

    @Test
    void aForkThatIsEndedBeforeItsPiecesIsSaidFirst() {
        for (String limit : new String[] {"7200", "0"}) {
            assertThat(Invocation.of("sweep", "FullPiece", "--dry-run", "-p", "backend=onnx", "-p", "timeLimit=" + limit).err())
                    .isEqualTo("timeLimit=" + limit + " is for each piece; a fork of this sweep is still ended after 3600 s:"
                            + " --timeout SECONDS gives it more.\n");
        }
        assertThat(Invocation.of("sweep", "FullPiece", "--dry-run", "-p", "backend=onnx", "-p", "timeLimit=7200", "--timeout",
                "50000").err()).isEmpty();
        assertThat(Invocation.of("sweep", "quick", "--dry-run", "-p", "backend=onnx").err()).isEmpty();
    }

    @Test
    void aPieceThatTakesLongerThanItMayIsARowThatNamesTheOption() throws IOException {
        Path run = folder.resolve("run");
        Invocation sweep = Invocation.of("sweep", "FullPiece", "-o", run.toString(), "--no-ruler", "-p", "backend=onnx", "-p",
                "decoding=cached", "-p", "timeLimit=0.001", "-f", "1", "-wi", "0", "-i", "1");
        assertThat(sweep.exitCode()).isEqualTo(1);
        assertThat(run.resolve("journal.jsonl")).content().hasLineCount(1).contains("\"outcome\":\"TIMEOUT\"",
                "the piece took longer than 0.001 s: allow it more seconds with -p timeLimit=SECONDS");
    }

    @Test
    void parametersOfOneBenchmarkAloneCanBeGiven() {
        Invocation list = Invocation.of("sweep", "service", "--dry-run", "-p", "rate=80%,2", "-p", "requests=30",
                "-p", "batch=4", "-p", "backend=onnx");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out().lines().filter(line -> line.startsWith("ServiceLoad"))).hasSize(18)
                .allMatch(line -> line.contains("requests=30"));
        for (String wrong : new String[] {"rate=-1", "requests=1.5", "slo=ttft", "popularity=zipf", "cache=redis7"}) {
            Invocation refused = Invocation.of("sweep", "service", "--dry-run", "-p", wrong);
            assertThat(refused.exitCode()).as(wrong).isEqualTo(2);
            assertThat(refused.err()).as(wrong).contains(wrong.substring(wrong.indexOf('=') + 1));
        }
        assertThat(Invocation.of("sweep", "service", "--dry-run", "-p", "reqests=3").err())
                .startsWith("There is no parameter reqests. Did you mean requests? The chosen benchmarks take: ");
        assertThat(Invocation.of("sweep", "FullPiece", "--dry-run", "-p", "requests=3").err())
                .startsWith("There is no parameter requests.");
        assertThat(Invocation.of("sweep", "service", "--dry-run", "-p", "requests=3", "-p", "requests=4").err())
                .isEqualTo("-p requests is given twice: give it once.\n");
    }

    @Test
    void aPlanStandsInAFileOrInTheSuite() throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"),
                "timeoutSeconds: 9\nentries:\n- {benchmark: TextBenchmark.decode, params: {wrk: long}}\n");
        assertThat(Invocation.of("sweep", plan.toString(), "--dry-run").err())
                .isEqualTo("The plan " + plan + ", line 3: There is no parameter wrk."
                        + " Did you mean work? TextBenchmark.decode takes: patchLength, work.\n");
        assertThat(Invocation.of("sweep", "window", "--dry-run").out()).contains("ForwardPassBenchmark.prefill", "context=128");
        assertThat(Invocation.of("sweep", "none.yaml", "--dry-run").err()).contains("There is no plan 'none.yaml'");
        assertThat(Invocation.of("sweep", "window", "FullPiece", "--dry-run").err()).contains("A sweep has one plan, or");
        assertThat(Invocation.of("sweep", "Peace", "--dry-run").err()).contains("'Peace' is neither a plan nor part of");
        assertThat(Invocation.of("sweep", "CharStep", "--dry-run").err()).contains("It is called ForwardPassBenchmark.charStep now.");
        Files.writeString(plan, "entries: [{benchmark: PieceBenchmark.generate}]");
        assertThat(Invocation.of("sweep", plan.toString(), "--dry-run").err()).contains(", line 1: there is no benchmark"
                + " PieceBenchmark.generate. It is called FullPieceBenchmark.generate now.");
        assertThat(Invocation.of("sweep", "--dry-run", "-r", "long").err()).contains("-r cannot be long in a sweep");
        assertThat(Invocation.of("sweep", "FullPiece", "--dry-run", "-p", "work=long,two-voices", "-p", "prompt=Baroque/Bach/Choral").err())
                .startsWith("-p prompt has no effect with work=long,two-voices, which has");
        assertThat(Invocation.of("sweep", "--dry-run", "-f", "0").err())
                .isEqualTo("JMH's option -f cannot be 0 in a sweep, where each fork is a process of its own: allowed is a whole"
                        + " number from 1 on.\n");
        for (String threads : new String[] {"-t", "-tg"}) {
            Invocation several = Invocation.of("sweep", "--dry-run", threads, "2");
            assertThat(several.exitCode()).isEqualTo(2);
            assertThat(several.err()).startsWith("JMH's " + threads + " 2 is not possible").contains("-p threads=2", "-p batch=2");
        }
        assertThat(Invocation.of("sweep", "Sampling", "Foo", "--dry-run").err()).contains("'Foo' is neither a plan nor part of");
        assertThat(Invocation.of("sweep", "--dry-run", "--shard", "3/2").err()).contains("--shard 3/2 is not a part of a plan");
        assertThat(Invocation.of("sweep", "-o", folder.toString(), "--retry", "OK").err()).contains("choose from SKIPPED, OOM_");
    }

    @Test
    void aProfilerThatCannotEndWellEndsTheSweepBeforeItStarts() {
        for (String profiler : new String[] {"nosuch", "async:dir=/proc/x", "jfr:configName=none"}) {
            Invocation run = Invocation.of("sweep", "TextBenchmark.decode", "-prof", profiler, "-o", folder.resolve("run").toString());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(profiler.split(":")[0]);
            assertThat(folder.resolve("run")).doesNotExist();
        }
    }

    @Test
    void timeIsToldByEarlierRunsOnThisProcessor() throws IOException {
        Path earlier = Files.createDirectories(folder.resolve("earlier"));
        String[] sweep = {"sweep", "TextBenchmark.decode", "--dry-run", "-o", folder.resolve("run").toString(), "-f", "2"};
        assertThat(Invocation.of(sweep).out()).contains("How long it takes is not known");
        Files.writeString(earlier.resolve("journal.jsonl"), "{\"number\":1,\"benchmark\":\"io.notagenbench.benchmark"
                + ".TextBenchmark.decode\",\"params\":{\"work\":\"two-voices\"},\"jmh\":{\"f\":\"2\"},\"outcome\":\"OK\","
                + "\"reason\":\"\",\"seconds\":150}\n");
        Files.writeString(earlier.resolve("environment.json"), "{\"host\":{\"cpu\":\"another\"}}");
        assertThat(Invocation.of(sweep).out()).contains("How long it takes is not known");
        Files.writeString(earlier.resolve("environment.json"), "{\"host\":{\"cpu\":\"" + HostFacts.collect().cpu() + "\"}}");
        assertThat(Invocation.of(sweep).out()).contains(": about 3 min", "1 cell, 0 of them SKIPPED; 2 forks in 2 rounds",
                "About 3 min, by earlier runs.");
        Files.writeString(earlier.resolve("journal.jsonl"), Files.readString(earlier.resolve("journal.jsonl")).replace("150", "2.6"));
        assertThat(Invocation.of(sweep).out()).contains(": about 3 s", "About 3 s, by earlier runs.");
        assertThat(Invocation.of("sweep", "TextBenchmark.decode", "--dry-run", "-f", "1").out())
                .contains("1 cell, 0 of them SKIPPED; 1 fork in 1 round");
    }
}
