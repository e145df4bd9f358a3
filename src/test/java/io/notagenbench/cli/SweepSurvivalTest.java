package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a sweep or a part of it, with {@code --resume} every cell ends in exactly one row. */
@EnabledOnOs(OS.LINUX)
class SweepSurvivalTest {

    private static final Path MEMORY_GROUPS = Path.of("/sys/fs/cgroup/memory");

    @TempDir
    static Path classes;

    @TempDir
    Path folder;

    @BeforeAll
    static void compileTheProbe() throws IOException {
        ProbeClasses.compile(classes);
    }

    private Path plan(String time, String params) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), """
                jmh: {f: 1, wi: 0, i: 1, r: %s}
                timeoutSeconds: 120
                ruler: false
                entries:
                  - {benchmark: ProbeBenchmark.spin, params: {%s}}
                """.formatted(time, params));
    }

    private RunningSweep sweep(Path plan, String... options) throws IOException {
        return RunningSweep.start(classes, plan, folder.resolve("run"), "", options);
    }

    private List<CellRow> finished(Path plan, String... options) throws Exception {
        RunningSweep sweep = sweep(plan, options);
        assertThat(sweep.exitCode()).as(sweep::output).isZero();
        assertThat(sweep.output().lines().reduce((first, last) -> last).orElse("")).as("where a person looks first")
                .contains("java -jar benchmarks.jar report " + folder.resolve("run"), "report.html");
        return sweep.rows();
    }

    private static void assertEnded(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    /** What a shell starts in the background ignores Ctrl-C, and so does all that it starts itself. */
    static boolean ignoresInterrupts() throws IOException {
        long mask = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16)).findFirst().orElse(0);
        return (mask & 1 << 1) != 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT"})
    void aSweepThatIsEndedLeavesNoProcessAndGoesOn(String signal) throws Exception {
        assumeFalse(signal.equals("INT") && ignoresInterrupts(), "a shell started this in the background");
        Path plan = plan("500ms", "topK: [3, 5]");
        RunningSweep sweep = sweep(plan);
        sweep.awaitRows(1);
        List<ProcessHandle> children = sweep.awaitFork();
        sweep.signal(signal);
        assertThat(sweep.exitCode()).isNotZero();
        assertEnded(children);
        List<CellRow> before = sweep.rows();
        assertThat(before).filteredOn(CellRow::isFine).hasSize(1);
        assertThat(before).filteredOn(row -> !row.isFine()).hasSize(signal.equals("KILL") ? 0 : 1)
                .allMatch(row -> row.interrupted() && row.reason().contains("Ctrl-C or SIGTERM"));
        List<String> forks = Files.readAllLines(folder.resolve("run/forks.jsonl"));
        assertThat(forks.get(forks.size() - 1)).as("only a death counts against the fork")
                .contains(signal.equals("KILL") ? "\"begun\"" : "\"outcome\"");

        List<CellRow> after = finished(plan, "--resume");
        assertThat(after).hasSize(2).allMatch(row -> row.outcome() == Outcome.OK)
                .contains(before.stream().filter(CellRow::isFine).findFirst().orElseThrow());
        assertThat(after).extracting(CellRow::number).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aSecondSweepOfTheSameFolderIsRefused() throws Exception {
        Path plan = plan("20s", "topK: 3");
        RunningSweep first = sweep(plan);
        List<ProcessHandle> children = first.awaitFork();
        RunningSweep second = sweep(plan, "--resume");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("Another sweep is writing to ");
        first.signal("KILL");
        assertEnded(children);
    }

    @Test
    void aForkOrItsHostThatIsKilledCostsItsOwnCellOnly() throws Exception {
        Path plan = plan("500ms", "topK: [3, 5, 7]");
        RunningSweep sweep = sweep(plan);
        List<ProcessHandle> first = sweep.awaitFork();
        first.get(1).destroyForcibly();
        sweep.awaitRows(1);
        List<ProcessHandle> second = sweep.awaitFork();
        second.get(0).destroyForcibly();
        assertEnded(second);
        assertThat(sweep.exitCode()).as(sweep::output).isEqualTo(1);
        List<CellRow> rows = sweep.rows();
        assertThat(rows).hasSize(3).filteredOn(CellRow::isFine).hasSize(1);
        assertThat(rows).filteredOn(row -> !row.isFine()).hasSize(2)
                .allMatch(row -> row.outcome() == Outcome.ERROR || row.outcome() == Outcome.OOM_HOST)
                .allMatch(row -> row.reason().contains("killed"));

        RunningSweep resumed = sweep(plan, "--resume");
        assertThat(resumed.exitCode()).as("what failed has its row and stays").isEqualTo(1);
        assertThat(resumed.rows()).containsExactlyInAnyOrderElementsOf(rows);
        List<CellRow> after = finished(plan, "--retry", "ERROR,OOM_HOST");
        assertThat(after).hasSize(3).allMatch(row -> row.outcome() == Outcome.OK)
                .contains(rows.stream().filter(CellRow::isFine).findFirst().orElseThrow());
    }

    @Test
    void aForkAndItsHostThatAreKilledLeaveNoTemporaryFiles() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        RunningSweep sweep = RunningSweep.start(classes, plan("20s", "topK: 3"), folder.resolve("run"), "",
                List.of("-Djmh.ignoreLock=true", "-Djava.io.tmpdir=" + temporary));
        List<ProcessHandle> processes = sweep.awaitFork();
        assertThat(folder.resolve("run/tmp")).as("JMH's files for what a fork prints").isNotEmptyDirectory();
        processes.get(0).destroyForcibly();
        assertEnded(processes);
        assertThat(sweep.exitCode()).isEqualTo(1);
        assertThat(folder.resolve("run/tmp")).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aForkThatTheKernelKillsForItsMemoryIsToldFromOthers() throws Exception {
        Path group = MEMORY_GROUPS.resolve("notagenbench-test-" + ProcessHandle.current().pid());
        assumeTrue(Files.isWritable(MEMORY_GROUPS.resolve("cgroup.procs")), "memory control groups can only be made by root");
        Files.createDirectory(group);
        try {
            Files.writeString(group.resolve("memory.limit_in_bytes"), String.valueOf(900L << 20));
            RunningSweep sweep = RunningSweep.start(classes, plan("10ms", "deed: [fine, hog]"), folder.resolve("run"),
                    "echo $$ > " + group.resolve("cgroup.procs") + " && ");
            assertThat(sweep.exitCode()).as(sweep::output).isEqualTo(1);
            assertThat(sweep.rows()).extracting(CellRow::outcome).as(sweep::output)
                    .containsExactlyInAnyOrder(Outcome.OK, Outcome.OOM_HOST);
            assertThat(sweep.rows()).extracting(CellRow::reason).anyMatch(reason -> reason.contains("for lack of memory"));
        } finally {
            Files.delete(group);
        }
    }

    @Test
    void aForkThatTookItsSweepWithItTwiceIsARowAndTheSweepGoesOn() throws Exception {
        Path plan = plan("500ms", "topK: [3, 5]");
        for (int times = 1; times <= 2; times++) {
            RunningSweep sweep = sweep(plan, "--resume");
            List<ProcessHandle> children = sweep.awaitFork();
            sweep.kill(children);
            assertThat(sweep.exitCode()).isEqualTo(137);
            assertEnded(children);
            assertThat(sweep.rows()).isEmpty();
            assertThat(sweep.output().lines().filter(line -> line.contains("tried once more"))).hasSize(times - 1);
        }
        RunningSweep last = sweep(plan, "--resume");
        assertThat(last.exitCode()).as(last::output).isEqualTo(1);
        List<CellRow> rows = last.rows();
        assertThat(rows).hasSize(2).filteredOn(CellRow::isFine).hasSize(1);
        CellRow lost = rows.stream().filter(row -> !row.isFine()).findFirst().orElseThrow();
        // Whatever else runs on the machine may make the kernel count.
        assertThat(lost.outcome()).isIn(Outcome.NATIVE_CRASH, Outcome.OOM_HOST);
        assertThat(lost.reason()).startsWith("The whole sweep died while this fork ran, each time that it began: ")
                .contains("--retry " + lost.outcome());

        String run = folder.resolve("run").toString();
        assertThat(Invocation.of("report", run).out()).contains(lost.outcome() + " ");
        String merged = folder.resolve("merged").toString();
        assertThat(Invocation.of("merge", merged, run).exitCode()).isZero();
        assertThat(Invocation.of("compare", run, merged).err()).isEmpty();
        assertThat(finished(plan, "--retry", lost.outcome().name())).hasSize(2)
                .contains(rows.stream().filter(CellRow::isFine).findFirst().orElseThrow());
    }

    @Test
    void aFullDiskLosesNothing() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk.toString())
                .redirectErrorStream(true).start().waitFor() == 0;
        assumeTrue(mounted, "a small disk can only be mounted by root");
        try {
            Path plan = plan("300ms", "topK: [3, 5, 7]");
            RunningSweep sweep = RunningSweep.start(classes, plan, disk.resolve("run"), "");
            sweep.awaitRows(1);
            Path filler = disk.resolve("filler");
            fill(filler);
            assertThat(sweep.exitCode()).as(sweep::output).isEqualTo(1);
            assertThat(sweep.output()).contains("make room and go on with --resume");
            List<CellRow> before = sweep.rows();
            assertThat(before).hasSizeBetween(1, 2).allMatch(row -> row.outcome() == Outcome.OK);
            List<String> forks = Files.readAllLines(disk.resolve("run/forks.jsonl"));
            assertThat(forks.get(forks.size() - 1)).as("the disk, not the fork, ended it").contains("\"outcome\"");

            Files.delete(filler);
            RunningSweep resumed = RunningSweep.start(classes, plan, disk.resolve("run"), "", "--resume");
            assertThat(resumed.exitCode()).as(resumed::output).isZero();
            assertThat(resumed.rows()).hasSize(3).containsAll(before).allMatch(row -> row.outcome() == Outcome.OK);
        } finally {
            assertThat(new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor()).isZero();
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
