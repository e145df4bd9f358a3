package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script says before it measures anything. */
class RunAllTest {

    @TempDir
    Path folder;

    private String run(int expectedExit, Map<String, String> environment, String... args) throws Exception {
        return run(Path.of("run-all.sh"), expectedExit, environment, args);
    }

    private String run(Path script, int expectedExit, Map<String, String> environment, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", script.toAbsolutePath().toString()));
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isEqualTo(expectedExit);
        return Files.readString(out);
    }

    private Map<String, String> javaOf(String version) throws IOException {
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = " + version + "'\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return new HashMap<>(Map.of("JAVA_HOME", folder.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-p", "-x"})
    void wrongArgumentsAreNamed(String argument) throws Exception {
        assertThat(run(2, Map.of(), argument)).contains(argument, "Usage: ./run-all.sh [PLAN | REGEXP ...] [-p name=a,b ...]");
    }

    @Test
    void aFolderWithLettersOutsideAsciiNeedsNoLocale() throws Exception {
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"    java.specification.version = 17\"\n"
                + "case \"$*\" in *verify*) locale charmap;; esac\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "cd \"$1\"; home=$'a s\\303\\274ite'; mkdir -p \"$home/src/main\""
                + " \"$home/target\"; touch \"$home/pom.xml\"; cp \"$2\" \"$home\"; touch \"$home/target/benchmarks.jar\";"
                + " exec \"$home/run-all.sh\"", "bash", folder.toString(), Path.of("run-all.sh").toAbsolutePath().toString())
                .redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C", "JAVA_HOME", folder.toString()));
        assertThat(builder.start().waitFor()).as(Files.readString(out)).isZero();
        assertThat(out).content().contains("UTF-8\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "11"})
    void anOldJavaIsRefusedWithTheFix(String version) throws Exception {
        assertThat(run(1, javaOf(version))).contains("Java " + version + " is too old", "openjdk-17-jdk");
    }

    @Test
    void aJavaThatDoesNotStartSaysWhy() throws Exception {
        Map<String, String> java = javaOf("17");
        Files.writeString(folder.resolve("bin/java"), "#!/bin/sh\necho 'Unrecognized option: -Xfoo' >&2\nexit 1\n");
        assertThat(run(1, java)).contains("java does not start: Unrecognized option: -Xfoo");
    }

    @Test
    void aMissingJavaIsRefusedWithTheFix() throws Exception {
        assertThat(run(1, Map.of("JAVA_HOME", folder.toString()))).contains("Java was not found", "openjdk-17-jdk");
    }

    /** The script in a suite of its own, which is built. */
    private Path script() throws IOException {
        Path suite = Files.createDirectories(folder.resolve("suite/src/main")).getParent().getParent();
        Files.copy(Path.of("run-all.sh"), suite.resolve("run-all.sh"));
        Files.writeString(suite.resolve("pom.xml"), "");
        Files.writeString(Files.createDirectory(suite.resolve("target")).resolve("benchmarks.jar"), "");
        return suite.resolve("run-all.sh");
    }

    /** A Java that does something else for each command line. */
    private Map<String, String> javaThat(String cases) throws IOException {
        Map<String, String> java = javaOf("17");
        Files.writeString(folder.resolve("bin/java"), "#!/bin/sh\ncase \"$*\" in\n  *XshowSettings*) echo"
                + " '    java.specification.version = 17' ;;\n" + cases + "esac\n");
        return java;
    }

    private List<String> results() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("suite/jmh-results"))) {
            return found.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** Which words name plans or benchmarks is known in one place, the jar. */
    @Test
    void theWordsOfASweepAreHandedToIt() throws Exception {
        Map<String, String> java = javaThat("""
                *-jar*) shift 2; echo "begun: $*" >> "$CALLS" ;;
                """);
        java.put("CALLS", folder.resolve("calls").toString());
        run(script(), 0, java, "-p", "seed=1", "Sampling", "Full Piece");
        assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(3).satisfiesExactly(
                dry -> assertThat(dry).isEqualTo("begun: sweep Sampling Full Piece --dry-run -p seed=1"),
                verify -> assertThat(verify).startsWith("begun: verify Sampling Full Piece -p seed=1 --json "),
                sweep -> assertThat(sweep).startsWith("begun: sweep Sampling Full Piece -o ").endsWith(" -p seed=1"));
    }

    @Test
    void aWordThatTheJarRefusesLeavesNothing() throws Exception {
        Map<String, String> java = javaThat("""
                *"sweep slow --dry-run"*) echo "'slow' is neither a plan nor part of a benchmark's name." >&2; exit 2 ;;
                """);
        assertThat(run(script(), 2, java, "slow")).isEqualTo("'slow' is neither a plan nor part of a benchmark's name.\n");
        assertThat(folder.resolve("suite/jmh-results")).doesNotExist();
    }

    @Test
    void whatTheSweepRefusesIsSaidBeforeTheVerification() throws Exception {
        Map<String, String> java = javaThat("""
                *sweep*--dry-run*) echo 'The lock cannot be opened.' >&2; exit 1 ;;
                *-jar*) echo "begun: $*" ;;
                """);
        assertThat(run(script(), 1, java, "quick")).isEqualTo("The lock cannot be opened.\n");
        assertThat(folder.resolve("suite/jmh-results")).doesNotExist();
    }

    @Test
    void whatTheVerificationRefusesLeavesNoFolder() throws Exception {
        Map<String, String> java = javaThat("""
                *verify*) echo 'device=cuda cannot run here.' >&2; exit 1 ;;
                """);
        assertThat(run(script(), 1, java, "quick", "-p", "device=cuda")).isEqualTo("device=cuda cannot run here.\n");
        assertThat(results()).isEmpty();
    }

    @Test
    void aRunEndsWithThePageInOneFolderWhateverItsDeviceIs() throws Exception {
        Map<String, String> java = javaThat("""
                *verify*) printf 'a table\\nof arms\\n' ;;
                *dry-run*) ;;
                *sweep*) touch "$6/journal.jsonl" ;;
                *report*) touch "$4/report.html" ;;
                """);
        String out = run(script(), 0, java, "quick", "-p", "device=cpu/cpu+cpu");
        assertThat(results()).singleElement().asString().endsWith("-cpu-cpu-cpu");
        assertThat(out.lines().reduce((first, last) -> last)).hasValue("All is well. Look first at "
                + folder.resolve("suite/jmh-results").resolve(results().get(0)).resolve("report.html"));
    }

    @Test
    void aRunThatFailsNamesItsLog() throws Exception {
        Map<String, String> java = javaThat("""
                *verify*) printf 'a table\\nFAILED\\n'; exit 1 ;;
                """);
        assertThat(run(script(), 1, java, "quick")).contains("Something failed, see above and ").endsWith("/run.log\n");
        assertThat(results()).hasSize(1);
    }
}
