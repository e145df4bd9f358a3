package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.cuda.CudaPresence;
import io.notagenbench.device.cuda.Nvml;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs JMH's command line as real processes, on a benchmark that does what its parameters say. */
class JmhCommandTest {

    private static final Path HOSTILE =
            Path.of("src/test/resources/reference/hostile/runs-a-command.pth").toAbsolutePath();

    @TempDir
    static Path classes;

    @TempDir
    Path folder;

    @TempDir
    static Path shared;

    private static LaunchServer server;

    @BeforeAll
    static void compileTheProbe() throws IOException {
        ProbeClasses.compile(classes);
        server = Launch.in(shared).classes(classes).serve();
    }

    @AfterAll
    static void endTheServer() throws IOException {
        server.close();
    }

    private Launch launch(String... args) throws IOException, InterruptedException {
        return Launch.of(folder, classes, args);
    }

    @Test
    void listsBenchmarksAndTheirParameters() throws Exception {
        assertThat(server.run("-l", "Probe").out()).contains("probe.ProbeBenchmark.spin");
        assertThat(server.run("-lp", "Probe", "-p", "topK=5,7").out()).contains("param \"topK\" = {5, 7}");
    }

    @Test
    void helpHoldsCommandsParametersAndJmh() throws Exception {
        Launch help = server.run("-h");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("doctor", "temperature", "-wi <int>");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("There is no parameter topq. Did you mean topK?", List.of("Probe", "-p", "topq=3")),
                arguments("topK=many is not possible: allowed is a whole number from 0 to 128.",
                        List.of("Probe", "-p", "topK=3,many")),
                arguments("ProbeBenchmark.spin does not take the parameter context. It takes: ",
                        List.of("Probe", "-p", "context=3")),
                arguments("-p topK is not an assignment", List.of("Probe", "-p", "topK")),
                arguments("No benchmark matches NoSuch: java -jar benchmarks.jar -l", List.of("NoSuch")),
                arguments("as ThreadsBenchmark.spin declares, is not possible", List.of("ThreadsBenchmark")),
                arguments("backend=onnx cannot run with precision=bf16", List.of("Probe", "-p", "precision=fp32,bf16")),
                arguments("patchLength=300 is more than the 256 position rows",
                        List.of("Probe", "-p", "patchLength=8,300")),
                arguments("refers to 'posix.system'", List.of("Probe", "-p", "model=tiny," + HOSTILE)),
                arguments("model 'huge' is neither a file nor one of tiny", List.of("Probe", "-p", "model=huge")),
                arguments("'Schumann' is ambiguous", List.of("Probe", "-p", "prompt=Romantic/Schumann/Keyboard")),
                arguments("there is no trace 'nosuch'", List.of("Probe", "-p", "work=nosuch")),
                arguments("Did you mean the command doctor?", List.of("docter")),
                arguments("(broken is not a regular expression", List.of("(broken")),
                arguments("z is not a recognized option. Help: java -jar", List.of("-z")),
                arguments("-rff missing/r.json cannot be written", List.of("Probe", "-rff", "missing/r.json")),
                arguments("is given twice", List.of("Probe", "-prof", "async:event=cpu", "-prof", "async:event=alloc")),
                arguments("-prof async cannot be used: z is not a recognized option. Its options: -prof async:help",
                        List.of("Probe", "-prof", "async:zzz=1")),
                arguments("Unknown profiler NoSuchProfiler", List.of("Probe", "-prof", "NoSuchProfiler")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaidBeforeTheFirstFork(String sentence, List<String> args) throws Exception {
        Launch launch = server.run(args.toArray(new String[0]));
        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(launch.out()).doesNotContain("# Fork:");
    }

    @Test
    void aDeviceThatIsNotHereEndsTheRunBeforeTheFirstFork() throws Exception {
        assumeTrue(CudaPresence.look().missing("device=cuda").isPresent());
        Launch launch = server.run("Probe", "-p", "device=cpu,cuda");
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err().lines()).hasSize(1).first().asString()
                .startsWith("device=cuda cannot run here: ").contains("or choose device=cpu.");
        assertThat(launch.out()).doesNotContain("# Fork:");
    }

    @Test
    void piecesOnACardAreNotDecodedTogether() throws Exception {
        Launch launch = server.run("BatchBenchmark", "-p", "device=cuda", "-p", "backend=onnx");
        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.err().lines()).hasSize(1).first().asString()
                .startsWith("backend=onnx decodes pieces together on device=cpu only, not on device=cuda");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vram", "energy", "clocks"})
    void aProfilerOfCardsNeedsTheirLibrary(String profiler) throws Exception {
        assumeFalse(Nvml.isHere());
        Launch launch = server.run("Probe", "-prof", profiler);
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err().lines()).hasSize(1).first().asString()
                .startsWith("-prof " + profiler + " needs NVIDIA's management library").contains("nvidia-driver");
        assertThat(launch.out()).doesNotContain("# Fork:");
    }

    @Test
    void aFailedCellIsNamedAndTheOthersAreKept() throws Exception {
        Launch launch = launch("Probe", "-p", "deed=fine,fault,halt,late", "-rf", "json", "-rff", "r.json");
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err()).contains("3 cells of the run failed:")
                .containsPattern("deed=fault.*: 0 of 2 iterations: The probe was told to fail: choose deed=fine\\.")
                .containsPattern("deed=halt.*: 0 of 2 iterations: .*exit code 137, .*lack of memory")
                .containsPattern("deed=late.*: 1 of 2 iterations: .*The second iteration fails");
        assertThat(new ObjectMapper().readTree(folder.resolve("r.json").toFile()).findValuesAsText("deed"))
                .containsExactlyInAnyOrder("fine", "late");
    }

    @Test
    void aForkThatDoesNotStartSaysWhy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Launch launch = launch("Probe", "-jvmArgsAppend", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address="
                    + taken.getLocalPort());
            assertThat(launch.exitCode()).isEqualTo(1);
            assertThat(launch.err()).containsPattern("0 of 2 iterations: the forked JVM ended with exit code \\d+: .*"
                    + "Address already in use").doesNotContain("more\n");
        }
    }

    @Test
    void aLongRunSaysFirstHowLongItIsAndWhatToTypeForLess() throws Exception {
        Launch launch = server.run("Probe", "-p", "topK=1,2,3", "-r", "200", "-jvmArgs", "-XX:+Foo");
        assertThat(launch.err()).doesNotContain("cells");
        launch = launch("Probe", "-p", "topK=1,2,3", "-p", "deed=halt", "-r", "200s");
        assertThat(launch.err()).startsWith("1 benchmark in 3 cells and 3 forks, at least 20 min. To run less, name"
                + " a benchmark: java -jar benchmarks.jar Sampling");
        launch = launch("-p", "topK=1", "-e", "io.notagenbench", "-p", "deed=halt", "-e", "Threads");
        assertThat(launch.err()).startsWith("1 benchmark in 1 cell and 1 fork, at least 1 s. To run less, ");
        assertThat(launch("Probe", "-p", "deed=halt").err()).startsWith("1 cell of the run failed:");
    }

    @Test
    void theForkHasItsFlagsBesideThoseOfThePerson() throws Exception {
        Launch launch = launch("Probe", "-jvmArgsPrepend", "-Dprobe=mine");
        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out()).contains("fork has probe=mine offline=true");
    }

    @Test
    void asyncProfilerWorksWithNothingToConfigure() throws Exception {
        String prompt = "Romantic/" + "Chopin-Frederic-".repeat(20) + "/Keyboard";
        Launch launch = launch("Probe", "-prof", "async:event=itimer", "-prof", "gc", "-p", "prompt=" + prompt, "-p",
                "topK=5");
        assertThat(launch.err().lines()).allMatch(line -> line.startsWith("Warning: prompt "));
        assertThat(launch.exitCode()).isZero();
        try (Stream<Path> files = Files.walk(folder.resolve("profiles"))) {
            List<Path> flames = files.filter(file -> file.endsWith("flame-itimer-forward.html")).toList();
            assertThat(flames).singleElement().satisfies(flame -> {
                assertThat(flame.toString()).contains("ProbeBenchmark.spin-").contains("topK-5");
                assertThat(Files.readString(flame)).contains("ProbeBenchmark");
            });
        }
    }

    /** A JRE has a launcher and no jcmd beside it. */
    @Test
    void flightRecorderNeedsNoJcmdAndWritesWhereItSays() throws Exception {
        Path launcher = Files.createSymbolicLink(Files.createDirectories(folder.resolve("jre/bin")).resolve("java"),
                Path.of(System.getProperty("java.home"), "bin", "java"));
        String prompt = "Romantic/" + "Chopin-Frederic-".repeat(20) + "/Keyboard";
        Launch launch = launch("Probe", "-prof", "jfr", "-p", "prompt=" + prompt, "-jvm", launcher.toString());
        assertThat(launch.err().lines()).allMatch(line -> line.startsWith("Warning: prompt "));
        assertThat(launch.exitCode()).isZero();
        List<String> named = launch.out().lines().map(String::strip).filter(line -> line.endsWith("profile.jfr")).distinct().toList();
        assertThat(named).singleElement().asString().startsWith("profiles/ProbeBenchmark.spin-");
        assertThat(RecordingFile.readAllEvents(folder.resolve(named.get(0)))).isNotEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactlyInAnyOrder("jre", "profiles");
        }
    }

    @Test
    void aProfileThatCannotBeWrittenEndsTheRunBeforeTheFirstFork() throws Exception {
        Files.createDirectory(folder.resolve("profiles"));
        assumeTrue(folder.resolve("profiles").toFile().setWritable(false));
        for (String profiler : List.of("async", "jfr")) {
            Launch launch = Launch.in(folder).classes(classes).withoutRootsRights().run("Probe", "-prof", profiler);
            assertThat(launch.exitCode()).isEqualTo(2);
            assertThat(launch.err()).startsWith("-prof " + profiler + " cannot write its profiles into ")
                    .endsWith("you may not write there. Name a folder where it can: -prof " + profiler + ":dir=/tmp/profiles.\n");
            assertThat(launch.out()).doesNotContain("# Fork:");
        }
    }

    @Test
    void aProfilerWhoseProgramIsNotHereEndsTheRunBeforeTheFirstFork() throws Exception {
        Launch launch = Launch.in(folder).classes(classes).environment("PATH", "/nowhere").run("Probe", "-prof", "perf");
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err()).isEqualTo("-prof perf needs the program perf, which cannot be run here: install it, or profile"
                + " with -prof async.\n");
    }

    @Test
    void aProfilerTellsItsOptions() throws Exception {
        Launch launch = server.run("Probe", "-prof", "async:help");
        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out()).contains("jstackdepth=<frames>");
    }

    @Test
    void asyncProfilerIsListedAsSupported() throws Exception {
        String listed = server.run("-lprof").out();
        assertThat(listed.split("Unsupported profilers")[0]).contains("async:");
        assertThat(listed.substring(listed.indexOf("Of the suite:"))).contains("  rss: ", "  rapl: ", "  clocks: ", "  energy: ", "  vram: ");
    }
}
