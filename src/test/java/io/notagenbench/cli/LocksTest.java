package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.fault.Outcome;
import io.notagenbench.results.ForkRun;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs on one machine wait for each other, and what keeps them from it is told before anything starts. */
@EnabledOnOs(OS.LINUX)
class LocksTest {

    private static final String WAITING = "Another JMH run measures on this machine: waiting for ";

    @TempDir
    static Path classes;

    @TempDir
    Path folder;

    private List<String> flags;
    private Path plan;

    @BeforeAll
    static void compileTheProbe() throws IOException {
        ProbeClasses.compile(classes);
    }

    /** A temporary folder of their own keeps the other runs of this machine out. */
    @BeforeEach
    void ownLock() throws IOException {
        flags = List.of("-Djmh.ignoreLock=false", "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
        plan = Files.writeString(folder.resolve("plan.yaml"), """
                jmh: {f: 1, wi: 0, i: 1, r: 1s}
                timeoutSeconds: 120
                entries:
                  - {benchmark: ProbeBenchmark.spin, params: {topK: [3, 5]}}
                """);
    }

    private Launch launch(String... args) throws IOException, InterruptedException {
        return setting().run(args);
    }

    private Launch.Setting setting() {
        return Launch.in(folder).classes(classes).flags(flags.toArray(new String[0]));
    }

    private Path lock() {
        return folder.resolve("tmp").resolve("jmh.lock");
    }

    @Test
    void runsAtTheSameTimeWaitForEachOtherAndAllAreMeasured() throws Exception {
        RunningSweep first;
        RunningSweep second;
        Process plain;
        Path out = folder.resolve("plain.out");
        Path err = folder.resolve("plain.err");
        try (FileChannel another = FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            another.lock();
            first = RunningSweep.start(classes, plan, folder.resolve("first"), "", flags);
            second = RunningSweep.start(classes, plan, folder.resolve("second"), "", flags, "--no-ruler");
            plain = setting().start(out, err, "Probe", "-f", "1", "-i", "1", "-r", "10ms");
            first.awaitOutput(WAITING);
            second.awaitOutput(WAITING);
            while (plain.isAlive() && Files.size(err) == 0) {
                Thread.sleep(10);
            }
        }
        assertThat(plain.waitFor()).as(Files.readString(err)).isZero();
        assertThat(err).hasContent(WAITING + lock() + ".");
        assertThat(out).content().doesNotContain("WARNING: JMH lock");
        StringBuilder reports = new StringBuilder();
        for (RunningSweep sweep : List.of(first, second)) {
            assertThat(sweep.exitCode()).as(sweep::output).isZero();
            assertThat(sweep.rows()).hasSize(2).allMatch(row -> row.outcome() == Outcome.OK);
            reports.append(Invocation.of("report", sweep.folder().toString()).out());
        }
        assertThat(new RunFolder(first.folder()).rulerReadings()).isNotEmpty().allMatch(reading -> reading.outcome() == Outcome.OK);
        assertThat(Stream.of(first, second).flatMap(sweep -> sweep.rows().stream()).flatMap(row -> row.runs().stream())
                .map(ForkRun::waited).filter(Objects::nonNull)).isNotEmpty().allMatch(waited -> waited > 0);
        assertThat(reports).containsPattern("\\d forks? waited [\\d.]+ s in all until other JMH runs on the machine had ended");
    }

    @Test
    void aLockThatCannotBeTakenIsToldBeforeAnythingStarts() throws Exception {
        Files.createDirectory(lock());
        String sentence = "The lock of all JMH runs on this machine, " + lock() + ", cannot be opened: Is a directory. Remove it ";
        RunningSweep sweep = RunningSweep.start(classes, plan, folder.resolve("run"), "", flags);
        assertThat(sweep.exitCode()).isEqualTo(1);
        assertThat(sweep.output().lines()).singleElement().asString().startsWith(sentence);
        assertThat(folder.resolve("run")).doesNotExist();
        Launch plain = launch("Probe");
        assertThat(plain.exitCode()).isEqualTo(1);
        assertThat(plain.err().lines()).singleElement().asString().startsWith(sentence);
        assertThat(plain.out()).isEmpty();
        Launch outline = launch("sweep", plan.toString(), "--dry-run");
        assertThat(outline.exitCode()).isEqualTo(1);
        assertThat(outline.err().lines()).singleElement().asString().startsWith(sentence);
        assertThat(outline.out()).contains("ProbeBenchmark.spin");
        assertThat(launch("Probe", "-l").exitCode()).isZero();
        assertThat(launch("doctor").out()).contains(sentence);
    }

    @Test
    void aLockOfAnotherUserNamesItsOwnerAndTheFixesAreTrue() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can make a file of another user");
        Files.createFile(lock(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.setAttribute(lock(), "unix:uid", 4242);
        String[] probe = {"Probe", "-f", "1", "-i", "1", "-r", "10ms"};
        Launch refused = setting().withoutRootsRights().run(probe);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().asString()
                .contains(lock() + ", cannot be opened: it belongs to the user 4242. Remove it ");
        Path own = Files.createDirectory(folder.resolve("own"));
        assertThat(setting().flags("-Djava.io.tmpdir=" + own).withoutRootsRights().run(probe).exitCode()).isZero();
        assertThat(setting().flags("-Djmh.ignoreLock=true").withoutRootsRights().run(probe).exitCode()).isZero();
        assertThat(Files.exists(own.resolve("jmh.lock"))).isTrue();
    }
}
