package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Persons whose locale has digits of its own, a decimal comma, or no letters outside ASCII. */
@EnabledOnOs(OS.LINUX)
class LocaleTest {

    private static final List<String> SHORT = List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "10ms");

    /** The name of a folder with a letter outside ASCII, as bash writes it in any locale. */
    private static final String FOLDER = "$'a j\\303\\266rg'";

    @TempDir
    static Path classes;

    @TempDir
    Path folder;

    @BeforeAll
    static void compileTheProbe() throws IOException {
        ProbeClasses.compile(classes);
    }

    private Launch in(String language, String... args) throws Exception {
        Launch launch = Launch.in(folder).classes(classes).flags(language.split(" ")).run(args);
        assertThat(launch.exitCode()).as(launch.out() + launch.err()).isZero();
        return launch;
    }

    private static String[] with(List<String> more, String... args) {
        return Stream.concat(Arrays.stream(args), more.stream()).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Duser.language=fa -Duser.country=IR", "-Duser.language=en -Duser.language.format=ar -Duser.country.format=EG"})
    void everyCommandReadsWhatAnotherWrote(String language) throws Exception {
        try (LaunchServer server = Launch.in(folder).classes(classes).flags(language.split(" ")).serve()) {
            for (String name : List.of("a", "b")) {
                Launch sweep = server.run(with(SHORT, "sweep", "TextBenchmark.decode", "-p", "work=two-voices", "--no-ruler", "-o", name));
                assertThat(sweep.err()).contains("[1/1] TextBenchmark.");
                assertThat(folder.resolve(name + "/forks.jsonl")).exists();
                assertThat(folder.resolve(name + "/logs/001.log")).exists();
            }
            assertThat(server.run("report", "a").out()).contains("1 OK of 1 cell");
            assertThat(server.run("compare", "a", "b").out()).contains("of 1 cell measured in both");
            assertThat(server.run("merge", "out", "a", "b").out()).startsWith("2 rows of 2 runs are in out");
        }
        assertThat(folder.resolve("out/sources/a/forks.jsonl")).exists();
        for (String file : List.of("a/report.html", "a/journal.jsonl", "a/summary.md", "a/logs/001.log", "out/journal.jsonl")) {
            assertThat(folder.resolve(file)).content().as(file).doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Duser.language=fa -Duser.country=IR", "-Duser.language=de -Duser.country=DE"})
    void jmhAndItsForksWriteNumbersForPrograms(String language) throws Exception {
        Launch launch = in(language, with(SHORT, "Probe", "-rf", "csv", "-rff", "r.csv"));
        assertThat(launch.out()).contains("number=1234.5").doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
        assertThat(Files.readAllLines(folder.resolve("r.csv")).get(1)).matches(".*,1,1,\\d+\\.\\d+,NaN,.*");
    }

    /** Runs a line of bash in which {@code $java} starts the suite. */
    private Launch bash(String locale, String line) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "mkdir -p " + FOLDER + "; java=\"" + String.join(" ", Launch.JAVA)
                + " -Djmh.ignoreLock=true -cp " + classes + ":" + System.getProperty("java.class.path")
                + " io.notagenbench.Main\"; " + line)
                .directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        bash.environment().putAll(Map.of("LC_ALL", locale));
        Process process = bash.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return new Launch(process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$java verify -p model=DIR/m.pth", "$java generate -o DIR/a.abc", "$java Text -p work=DIR/t.json",
        "$java Text -rf json -rff DIR/r.json", "$java sweep Text -o DIR/run", "$java sweep DIR/plan.yaml --dry-run", "$java report DIR",
        "$java compare DIR other", "$java merge out DIR", "cd DIR; $java Text -rff r.json", "cd DIR; $java sweep Text -o run",
        "cd DIR; $java doctor", "XDG_CACHE_HOME=$PWD/DIR $java generate -p patches=1"})
    void aPathThatTheLocaleCannotWriteIsRefusedWithTheFix(String line) throws Exception {
        Launch launch = bash("C", line.replace("$PWD/DIR", "$PWD/" + FOLDER).replace("DIR/", FOLDER + "/").replace("DIR", FOLDER));
        assertThat(launch.err()).as(line).endsWith(" has letters that the locale of this process does not have, whose encoding is"
                + " ANSI_X3.4-1968: start it again with LC_ALL=C.UTF-8 in the environment.\n").hasLineCount(1);
        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.out()).isEmpty();
    }

    @Test
    void aPathInAPlanIsRefusedWithTheFix() throws Exception {
        Files.writeString(folder.resolve("plan.yaml"), "timeoutSeconds: 9\nentries:\n- {benchmark: TextBenchmark.decode, params: {work:"
                + " j\u00f6rg.json}}\n- {benchmark: FullPieceBenchmark.generate, params: {model: j\u00f6rg.pth}}\n");
        for (String command : List.of("sweep plan.yaml --dry-run", "verify --plan plan.yaml")) {
            Launch launch = bash("C", "$java " + command);
            assertThat(launch.err()).startsWith("'j\u00f6rg.").endsWith("LC_ALL=C.UTF-8 in the environment.\n").hasLineCount(1);
            assertThat(launch.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void whatIsWrittenIsUtf8WhateverTheLocale() throws Exception {
        assertThat(bash("C", "$java sweep Text.*decode -p work=two-voices --no-ruler -o run " + String.join(" ", SHORT)).exitCode()).isZero();
        Launch report = bash("C", "$java report run");
        assertThat(report.out()).contains("\u00b5s", "\u00b1").doesNotContain("?s");
        assertThat(Files.readString(folder.resolve("run/summary.md"))).contains("\u00b1");
        Launch jmh = bash("C", "$java Text -p work=two-voices -f 1 -wi 0 -i 3 -r 10ms -o jmh.txt");
        assertThat(jmh.exitCode()).as(jmh.err()).isZero();
        assertThat(Files.readString(folder.resolve("jmh.txt"))).contains("\u00b1");
    }

    /** A run whose model and whose files have such names, measured where the locale had them. */
    @Test
    void resultsAreReadWhereverTheyWereMeasured() throws Exception {
        String checkpoint = Path.of("src/main/resources/io/notagenbench/checkpoint/tiny.pth").toAbsolutePath().toString();
        Launch sweep = bash("C.UTF-8", "cp " + checkpoint + " " + FOLDER + "/m.pth; for run in a b; do $java sweep patchStep -p context=8"
                + " -p backend=onnx -p decoding=cached -p model=" + FOLDER + "/m.pth --no-ruler -o $run " + String.join(" ", SHORT)
                + "; echo > $run/$'n\\303\\266tes'; done");
        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        Launch read = bash("C", "$java report a && $java compare a b && $java merge out a b");
        assertThat(read.exitCode()).as(read.err()).isZero();
        assertThat(read.out()).contains("1 OK of 1 cell", "of 1 cell measured in both", "2 rows of 2 runs are in out");
        assertThat(bash("C", "ls out/sources/a/$'n\\303\\266tes'").exitCode()).isZero();
        assertThat(bash("C", "$java sweep Text -o c --dry-run").exitCode()).isZero();
    }

    @Test
    void everyPathWorksWithTheFix() throws Exception {
        Launch sweep = bash("C.UTF-8", "cd " + FOLDER + "; $java sweep Text.*decode -p work=two-voices --no-ruler -o run " + String.join(" ", SHORT)
                + " && $java report run && $java Text -p work=two-voices -rf json -rff $'r\\303\\266.json' " + String.join(" ", SHORT));
        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        assertThat(sweep.out()).contains("\u00b1");
    }
}
