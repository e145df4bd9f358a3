package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.results.CellRow;
import io.notagenbench.results.CounterReader;
import io.notagenbench.results.Measured;
import io.notagenbench.results.PieceCounters;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed folders, and one of the first version, are read by the three commands that read folders. */
class CommittedFoldersTest {

    /** The first version: samples in JMH's own files alone, and the first names of the benchmarks. */
    private static final String FIRST = "src/test/resources/older/first";

    @TempDir
    Path folder;

    private static Path copy(String from, Path to) throws IOException {
        Path source = Path.of(from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return to;
    }

    @ParameterizedTest
    @CsvSource({"jmh-results/article, 137", "jmh-results/example, 47", "jmh-results/service, 28", FIRST + ", 8"})
    void whatWasMeasuredIsReadReportedComparedAndMerged(String older, int cells) throws IOException {
        RunFolder read = new RunFolder(Path.of(older));
        assertThat(read.rows()).hasSize(cells).allSatisfy(row -> {
            assertThat(row.benchmark()).doesNotContainPattern("\\.(Piece|PatchStep|Prefill|CharStep)Benchmark");
            assertThat(read.measured(row).score()).as("JMH's own, which the row has").isCloseTo(row.score(), within(row.score() * 1e-9));
            assertThat(read.measured(row).unit()).isEqualTo(row.unit());
        });
        Path run = copy(older, folder.resolve("run"));
        Invocation report = Invocation.of("report", run.toString());
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.out()).contains("Cells: " + cells + " OK of " + cells + " cells");
        Invocation compare = Invocation.of("compare", older, run.toString());
        assertThat(compare.exitCode()).as(compare.err()).isZero();
        assertThat(compare.out()).contains("0 SLOWER, 0 FASTER, ");
        Path merged = folder.resolve("merged");
        Invocation merge = Invocation.of("merge", merged.toString(), run.toString());
        assertThat(merge.exitCode()).as(merge.err()).isZero();
        assertThat(new RunFolder(merged).rows()).hasSize(cells);
    }

    @Test
    void inTheFirstFormatSamplesAndCountersAreInFilesOfTheirOwn() {
        RunFolder read = new RunFolder(Path.of(FIRST));
        List<CellRow> rows = read.rows();
        assertThat(rows).extracting(row -> row.cell().shortName()).startsWith("FullPieceBenchmark.generate",
                "ForwardPassBenchmark.patchStep", "ForwardPassBenchmark.prefill", "PatchDecodingBenchmark.decode",
                "ForwardPassBenchmark.charStep", "SamplingBenchmark.sample");
        Measured piece = read.measured(rows.get(0));
        assertThat(piece.samples()).containsExactly(List.of(86.08527, 91.084797, 94.73651, 90.981612, 85.809316));
        PieceCounters counters = CounterReader.read(PieceCounters.class, name -> piece.mean(name).orElse(Double.NaN));
        assertThat(counters.bars).as("in the mean, not JMH's sum over iterations").isEqualTo(18);
        Measured load = read.measured(rows.get(rows.size() - 1));
        assertThat(load.samples()).as("two forks").hasSize(2);
        assertThat(load.estimate().forks()).isEqualTo(2);
    }
}
