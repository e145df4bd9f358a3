package io.notagenbench.cli;

import static io.notagenbench.compare.RecordedRun.drawn;
import static io.notagenbench.document.MarkdownRows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.compare.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    @TempDir
    Path folder;

    private String run(String name, long seed, double milliseconds) throws IOException {
        return new RecordedRun("AMD EPYC").ok(0, drawn(seed, 5, milliseconds, 0.01)).write(folder.resolve(name)).toString();
    }

    @Test
    void aSlowerBuildFailsWhereItIsAskedTo() throws IOException {
        String a = run("a", 1, 100);
        String b = run("b", 2, 110);
        Invocation shown = Invocation.of("compare", a, b);
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).startsWith("A: " + a + " (commit 565c58d1)\n")
                .contains("1 SLOWER, 0 FASTER, 0 UNCLEAR, 0 SAME of 1 cell measured");
        assertThat(rows(shown.out(), "verdict", "benchmark"))
                .containsExactly(List.of("SLOWER", "SamplingBenchmark.sample"));
        Invocation failed = Invocation.of("compare", a, b, "--fail-on", "slower:5%");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).startsWith("Failed: SamplingBenchmark.sample backend=onnx decoding=cached is slower by ");
        assertThat(Invocation.of("compare", a, b, "--fail-on", "slower:30%").exitCode()).isZero();
        assertThat(Invocation.of("compare", b, a, "--fail-on", "slower:5%").exitCode()).isZero();
    }

    @Test
    void aReportSaysWhereItIs() throws IOException {
        Path run = Path.of(run("a", 1, 100));
        Invocation shown = Invocation.of("report", run.toString());
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.err()).isEqualTo("The whole report is " + run.resolve("report.html") + ".\n");
        assertThat(run.resolve("report.html")).exists();
    }

    @Test
    void filesForOtherProgramsAreWritten() throws IOException {
        Files.createDirectory(folder.resolve("visualizer"));
        Invocation shown = Invocation.of("compare", run("a", 1, 100) + "," + run("a2", 3, 100), run("b", 2, 110),
                "--json", folder.resolve("c.json").toString(),
                "--github-action-benchmark", folder.resolve("g.json").toString(),
                "--jmh-visualizer", folder.resolve("visualizer").toString());
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(folder.resolve("c.json")).content().contains("\"verdict\" : \"SLOWER\"");
        assertThat(folder.resolve("g.json")).content().contains("\"unit\" : \"ms/op\"");
        assertThat(folder.resolve("visualizer")).isDirectoryContaining("glob:**/A-1.json")
                .isDirectoryContaining("glob:**/A-2.json").isDirectoryContaining("glob:**/B.json");
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        String a = run("a", 1, 100);
        String b = run("b", 2, 110);
        assertThat(Invocation.of("compare", a, a).err()).contains("is named twice");
        assertThat(Invocation.of("compare", a, folder.toString()).err()).contains("holds no run");
        assertThat(Invocation.of("compare", a, b, "--fail-on", "slow").err()).contains("slower:5%");
        assertThat(Invocation.of("compare", a, b, "--margin", "0.05").err()).contains("write it as 5%");
        assertThat(Invocation.of("compare", a, b, "--margin", "0%").err()).contains("above 0 %");
        assertThat(Invocation.of("compare", a, b, "--json", folder.toString()).err()).contains("name a file");
        assertThat(Invocation.of("compare", a, b, "--jmh-visualizer", a + "/none").err()).contains("mkdir -p");
        assertThat(Invocation.of("compare", a, b, "--margin", "-1%").err()).contains("write it as 5%");
        assertThat(Invocation.of("compare", a, b, "--margin", "NaN%").err()).contains("write it as 5%");
        assertThat(Invocation.of("compare", a, b, "--margin", ".5e1 %").exitCode()).isZero();
        assertThat(Invocation.of("compare", a).exitCode()).isEqualTo(2);
    }
}
