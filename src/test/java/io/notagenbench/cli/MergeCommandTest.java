package io.notagenbench.cli;

import static io.notagenbench.compare.RecordedRun.drawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.compare.RecordedRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {

    @TempDir
    Path folder;

    private String run(String name, String cpu, double milliseconds) throws IOException {
        return new RecordedRun(cpu).ok(0, drawn(name.hashCode(), 5, milliseconds, 0.005)).write(folder.resolve(name))
                .toString();
    }

    @Test
    void mergesAreReportedAndCompared() throws IOException {
        String out = folder.resolve("before").toString();
        Invocation merged = Invocation.of("merge", out, run("a", "AMD EPYC", 100), run("b", "Intel Xeon", 50));
        assertThat(merged.exitCode()).as(merged.err()).isZero();
        assertThat(merged.out()).isEqualTo("2 rows of 2 runs are in " + out
                + "; 0 that were there more than once are in it once.\n");
        assertThat(Invocation.of("report", out).out()).as("each run by itself")
                .containsPattern("(?s)Cells: 1 OK of 1 cell, .*Cells: 1 OK of 1 cell, ");
        String after = folder.resolve("after").toString();
        Invocation.of("merge", "--scrub", after, run("c", "AMD EPYC", 100), run("d", "Intel Xeon", 75));
        Invocation compared = Invocation.of("compare", out, after);
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("1 SLOWER, 0 FASTER, 0 UNCLEAR, 1 SAME of 2 cells",
                "decoding=cached host.cpu=AMD EPYC ", "decoding=cached host.cpu=Intel Xeon ");
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        String a = run("a", "AMD EPYC", 100);
        assertThat(Invocation.of("merge", a, a).err()).contains("is not empty");
        assertThat(Invocation.of("merge", a).exitCode()).isEqualTo(2);
        assertThat(Invocation.of("merge", folder.resolve("out").toString(), a, "--scrub-name", "x").err())
                .contains("give both");
        assertThat(Invocation.of("merge", folder.resolve("out").toString(), folder.toString()).err()).contains("holds no run");
    }
}
