package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the suite starts where homes, temporary folders and variables are others, or says in one sentence why not. */
@EnabledOnOs(OS.LINUX)
class OtherMachineTest {

    private static final String[] ONNX = {"generate", "-p", "backend=onnx", "-p", "patches=16", "--raw"};
    private static final String[] PYTORCH = {"generate", "-p", "backend=pytorch", "-p", "patches=16", "--raw"};

    @TempDir
    private Path folder;
    private Path work;
    private Path temporary;
    private Path home;

    @BeforeEach
    void makeFolders() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        temporary = Files.createDirectory(folder.resolve("with a space and ö"));
        home = Files.createDirectory(folder.resolve("home"));
    }

    private Launch.Setting machine() {
        return Launch.in(work).flags("-Djava.io.tmpdir=" + temporary);
    }

    private static List<String> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void runs(Launch launch) {
        assertThat(launch.exitCode()).as(launch.err()).isZero();
        assertThat(launch.out()).contains("V:1");
    }

    /** In one sentence. */
    private static String failure(Launch launch) {
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err().strip()).hasLineCount(1).doesNotContain("Exception", "Error", "should not have happened");
        return launch.err();
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnx", "pytorch"})
    void noEngineWritesAnythingBesideTheCache(String backend) throws Exception {
        runs(machine().environment("HOME", home.toString()).environment("XDG_CACHE_HOME", home.toString()).run(backend.equals("onnx") ? ONNX : PYTORCH));
        assertThat(in(home)).as("a database of telemetry").containsExactly("notagen-bench");
        assertThat(in(temporary)).isEmpty();
        assertThat(in(work)).isEmpty();
    }

    /** Its name has the number of the process, and its place is not that of Java's temporary files. */
    @Test
    void onnxRuntimeWritesNoLogOfTelemetry() throws Exception {
        Path out = folder.resolve("out");
        Process process = machine().start(out, folder.resolve("err"), ONNX);
        Path log = Path.of("/tmp/mat-debug-" + process.pid() + ".log");
        // Another program may have left one with this number; ONNX Runtime is not loaded yet.
        Files.deleteIfExists(log);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(log).doesNotExist();
        assertThat(out).content().contains("V:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onnx", "pytorch"})
    void aKilledProcessLeavesNothingInTheTemporaryFolder(String backend) throws Exception {
        Process process = machine().start(folder.resolve("out"), folder.resolve("err"), "generate", "-p", "backend=" + backend, "-p",
                "patches=256", "-p", "decoding=recompute", "-p", "model=small");
        try {
            Path maps = Path.of("/proc/" + process.pid() + "/maps");
            String library = backend.equals("onnx") ? "onnxruntime4j_jni" : "djl_torch";
            boolean loaded = false;
            while (!loaded || !in(temporary).isEmpty()) {
                assertThat(process.isAlive()).as("still at work: " + Files.readString(folder.resolve("err"))).isTrue();
                loaded = Files.readString(maps).contains(library);
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(in(temporary)).isEmpty();
    }

    @Test
    void aUserWithoutNameAndHomeGetsAFolderOfHisOwn() throws Exception {
        Launch.Setting machine = machine().flags("-Duser.home=?").flags("-Duser.name=?").environment("HOME", null)
                .environment("XDG_CACHE_HOME", null);
        runs(machine.run(ONNX));
        assertThat(in(work)).isEmpty();
        assertThat(in(temporary)).singleElement().asString().matches("notagen-bench-\\d+");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        runs(machine.flags("-Djava.io.tmpdir=" + empty).environment("HOME", home.toString()).run(ONNX));
        assertThat(in(empty)).isEmpty();
        assertThat(in(home.resolve(".cache"))).containsExactly("notagen-bench");
    }

    @ParameterizedTest
    @CsvSource({"PYTORCH_VERSION,2.4.0", "PYTORCH_VERSION,2.5.0a0+872d972e41.nv24.08", "PYTORCH_FLAVOR,cu124-precxx11",
        "PYTORCH_PRECXX11,true", "DJL_OFFLINE,false"})
    void variablesOfOtherPeoplesImagesChangeNothing(String name, String value) throws Exception {
        Launch launch = machine().environment(name, value).run(PYTORCH);
        runs(launch);
        assertThat(launch.err()).isEmpty();
    }

    @Test
    void aVariableThatCannotBeIgnoredIsNamedBeforeASweepBegins() throws Exception {
        Launch sweep = machine().environment("PYTORCH_LIBRARY_PATH", "/nowhere").run("sweep", "patchStep", "-p", "context=4",
                "-p", "decoding=cached", "-p", "backend=pytorch", "--dry-run");
        assertThat(sweep.out()).contains("unset PYTORCH_LIBRARY_PATH");
    }

    @Test
    void aMissingTemporaryFolderIsNamed() throws Exception {
        Launch.Setting machine = Launch.in(work).flags("-Djava.io.tmpdir=/nowhere");
        String[][] commands = {ONNX, {"Sampling", "-f", "1"}, {"sweep", "Sampling", "-f", "1", "-o", "run"}};
        for (String[] command : commands) {
            assertThat(failure(machine.run(command))).contains("temporary folder /nowhere: it is not there", "-Djava.io.tmpdir=FOLDER");
        }
        assertThat(in(work)).isEmpty();
        runs(machine.run(PYTORCH));
        Launch doctor = machine.run("doctor");
        assertThat(doctor.out()).contains("Machine", "onnx            ONNX Runtime", "does not run", "/nowhere, not writable",
                "To fix", "-Djava.io.tmpdir=FOLDER");
    }

    @Test
    void theDoctorEndsWithItsPageWhereJavaHasTooLittleMemory() throws Exception {
        // With one processor Java takes another collector, which ends at another place.
        Launch doctor = machine().flags("-Xmx40m", "-XX:ActiveProcessorCount=2").run("doctor");
        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.out()).contains("Machine", "Folders", "To fix", "java -Xmx1g");
    }

    /** A machine with another file system where {@code folder} is, for the process alone; not everybody may do that. */
    private Launch.Setting mounting(String options, Path folder, String then) throws Exception {
        String root = System.getProperty("user.name").equals("root") ? "-m" : "-rm";
        String mount = "mount -t tmpfs -o " + options + " none '" + folder + "' && " + then;
        Process possible = new ProcessBuilder("unshare", root, "sh", "-c", mount + "true").start();
        assumeTrue(possible.waitFor() == 0, "file systems can be mounted");
        return machine().under("unshare", root, "sh", "-c", mount + "exec \"$@\"", "sh");
    }

    @Test
    void librariesAreNotLoadedFromTemporaryFolders() throws Exception {
        Launch.Setting machine = mounting("noexec", temporary, "");
        runs(machine.run(ONNX));
        runs(machine.run(PYTORCH));
    }

    @Test
    void aCacheFolderWithoutExecutionIsPassedOver() throws Exception {
        Launch.Setting machine = mounting("noexec", home, "").environment("XDG_CACHE_HOME", home.toString());
        Launch launch = machine.run(ONNX);
        runs(launch);
        assertThat(launch.err()).contains("Libraries are unpacked into " + temporary, home + "/notagen-bench: it is mounted noexec");
        assertThat(failure(machine.environment("DJL_CACHE_DIR", home.toString()).run(PYTORCH))).contains(home + ": it is mounted noexec",
                "set DJL_CACHE_DIR");
    }

    @Test
    void whereNoLibraryCanBeLoadedTheDoctorStillSaysWhatItKnows() throws Exception {
        Path nowhere = home.resolve("tmp");
        Launch.Setting machine = mounting("noexec", home, "mkdir '" + nowhere + "' && ").environment("XDG_CACHE_HOME", home.toString())
                .flags("-Djava.io.tmpdir=" + nowhere);
        assertThat(failure(machine.run(ONNX))).contains(home + "/notagen-bench: it is mounted noexec",
                nowhere + "/notagen-bench-", "set XDG_CACHE_HOME to a folder");
        Launch doctor = machine.run("doctor");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.out()).contains("Machine", "Engines", "does not run", "Folders", "To fix", "it is mounted noexec");
    }

    @Test
    void aFullTemporaryFolderIsNamed() throws Exception {
        Launch.Setting machine = mounting("size=64k", temporary, "{ cat /dev/zero > '" + temporary + "/x' 2> /dev/null; true; } && ");
        assertThat(failure(machine.run(ONNX))).contains("temporary folder " + temporary + ": No space left on device");
        runs(machine.run(PYTORCH));
        assertThat(machine.run("doctor").out()).contains("To fix", "No space left on device");
    }
}
