package io.notagenbench;

import static io.notagenbench.document.MarkdownRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.compare.Comparison;
import io.notagenbench.compare.ComparisonText;
import io.notagenbench.compare.Rules;
import io.notagenbench.compare.RunGroup;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.merge.Merge;
import io.notagenbench.merge.MergedFolder;
import io.notagenbench.report.Report;
import io.notagenbench.report.render.Csv;
import io.notagenbench.report.render.Markdown;
import io.notagenbench.results.BegunFork;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkLine;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.JmhResults;
import io.notagenbench.results.RunFolder;
import io.notagenbench.sweep.CellProcess;
import io.notagenbench.sweep.Job;
import io.notagenbench.sweep.PresentEnvironment;
import io.notagenbench.sweep.Shard;
import io.notagenbench.sweep.Sweep;
import io.notagenbench.sweep.SweepStart;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that earlier versions wrote are read by every command. */
class OlderFoldersTest {

    private static final Path OLDER = Path.of("src/test/resources/older");
    private static final RunFolder EXAMPLE = new RunFolder(OLDER.resolve("example"));
    private static final RunFolder ARTICLE = new RunFolder(OLDER.resolve("article"));
    private static final RunFolder INTERRUPTED = new RunFolder(OLDER.resolve("interrupted"));

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"pieces", "stages", "ruler", "batch", "model-load", "sampling-and-text"})
    void theReportShowsTheSameNumbersAsItDid(String table) throws IOException {
        assertThat(Csv.of(Report.of(List.of(EXAMPLE))).get(table).lines())
                .containsExactlyElementsOf(Files.readAllLines(EXAMPLE.path().resolve("tables/" + table + ".csv")));
    }

    @Test
    void aJournalAloneIsEnough() {
        assertThat(ARTICLE.rows()).hasSize(14).allMatch(ARTICLE::isMeasured)
                .allSatisfy(row -> assertThat(ARTICLE.measured(row).score()).isEqualTo(row.score()));
        String report = Markdown.of(Report.of(List.of(ARTICLE)));
        assertThat(report).contains("14 OK of 14 cells", "FullPieceBenchmark.generate", "As the original does it").doesNotContain("is not there");
        assertThat(ARTICLE.rows()).extracting(row -> row.cell().shortName()).doesNotContain("PieceBenchmark.generate");
    }

    @Test
    void whatAKilledSweepLeftIsKnown() {
        List<ForkLine> forks = INTERRUPTED.forks();
        assertThat(forks).hasSize(12);
        assertThat(forks).filteredOn(BegunFork.class::isInstance).hasSize(5).last().matches(line -> line.number() == 1 && line.round() == 2);
        assertThat(forks).filteredOn(ForkRow.class::isInstance).hasSize(7)
                .filteredOn(line -> ((ForkRow) line).run().waited() != null).hasSize(3);
        assertThat(INTERRUPTED.rows()).extracting(CellRow::number).containsExactly(4, 2);
        assertThat(INTERRUPTED.laterEnvironments()).containsOnlyKeys("2026-11-29T11:48:54Z");
        assertThat(INTERRUPTED.rulerReadings()).hasSize(3)
                .allSatisfy(reading -> assertThat(reading.readings()).containsOnlyKeys("compute", "memory"));
        assertThat(Markdown.of(Report.of(List.of(INTERRUPTED)))).contains("2 forks waited 6.01 s in all",
                "2 of 2 cells were measured after the run had gone on under other conditions, 2 of them in part");
    }

    @Test
    void aKilledSweepGoesOn() throws IOException {
        Path folder = copy(INTERRUPTED.path());
        Map<Integer, Cell> cells = new TreeMap<>();
        INTERRUPTED.rows().forEach(row -> cells.put(row.number(), row.cell()));
        INTERRUPTED.forks().stream().filter(BegunFork.class::isInstance).map(BegunFork.class::cast)
                .forEach(fork -> cells.put(fork.number(), fork.cell()));
        Path calls = temporary.resolve("calls");
        List<String> launcher = List.of("sh", "-c",
                "read -r line; set -- $(echo \"$line\" | tr -d '[]\"' | tr , ' '); for file; do :; done; echo \"$*\" >> " + calls + "; echo '[{\"mode\":\"avgt\","
                + "\"primaryMetric\":{\"scoreUnit\":\"us/op\",\"rawData\":[[1.5]]}}]' > \"$file\"", "cell");
        StringWriter out = new StringWriter();
        Sweep sweep = new Sweep(new Job(5, Shard.WHOLE, cells, 60, false, Optional.empty(), 1), new RunFolder(folder),
                new CellProcess(launcher, List.of(), folder), new PrintWriter(out));
        List<CellRow> rows = sweep.run(PresentEnvironment.collect("test", "test", Map.of(), List.copyOf(cells.values())),
                cell -> Optional.empty(), SweepStart.RESUMED);
        assertThat(out.toString()).contains("The next fork began at 2026-11-29T11:49:35Z before, and the whole sweep died");
        assertThat(Files.readAllLines(calls)).as("the forks that had not ended").hasSize(2);
        assertThat(rows).containsAll(INTERRUPTED.rows()).extracting(CellRow::number).containsExactly(1, 2, 3, 4);
        assertThat(rows.get(0).measured().samples()).hasSize(2);
    }

    @Test
    void aRunIsComparedWithItself() throws IOException {
        Comparison comparison = Comparison.of(RunGroup.of(List.of(EXAMPLE.path())), RunGroup.of(List.of(copy(EXAMPLE.path()))), Rules.standard());
        assertThat(ComparisonText.of(comparison)).contains("46 UNCLEAR, 0 SAME of 46 cells measured in both", "ced61fbe774d94a6cce367a0240f40125930f3e7");
        Comparison files = Comparison.of(RunGroup.of(List.of(OLDER.resolve("jmh.json"))),
                RunGroup.of(List.of(Files.copy(OLDER.resolve("jmh.json"), temporary.resolve("copy.json")))), Rules.standard());
        assertThat(ComparisonText.of(files)).contains("3 cells measured in both");
        assertThat(rows(ComparisonText.of(files), "benchmark")).contains(List.of("FullPieceBenchmark.generate"));
    }

    @Test
    void aMergeKeepsWhatItDoesNotKnow() throws IOException {
        Path interrupted = copy(INTERRUPTED.path());
        Path journal = interrupted.resolve(RunFolder.JOURNAL);
        Files.writeString(journal, Files.readString(journal).replace("\"outcome\":", "\"later\":{\"field\":1},\"outcome\":")
                .replace("\"estimate\":{", "\"estimate\":{\"later\":2,"));
        RunFolder merged = new RunFolder(temporary.resolve("merged"));
        MergedFolder.write(merged.path(), Merge.of(List.of(EXAMPLE.path(), interrupted)));
        assertThat(merged.rows()).hasSize(48).allMatch(merged::isMeasured);
        CellRow row = merged.rows().stream().filter(one -> one.source().run().equals("interrupted")).findFirst().orElseThrow();
        JsonNode line = new ObjectMapper().readTree(Files.readAllLines(merged.path().resolve(RunFolder.JOURNAL)).get(row.number() - 1));
        assertThat(line.at("/later/field").asInt()).isEqualTo(1);
        assertThat(line.at("/measured/estimate/later").asInt()).isEqualTo(2);
        assertThat(new JmhResults(merged).of(row).at("/primaryMetric/rawData")).hasSize(2);
        assertThat(Markdown.of(Report.of(List.of(merged)))).contains("46 OK of 46 cells", "2 OK of 2 cells");
    }

    @Test
    void jmhsResultsAreMadeOfWhatIsThere() throws IOException {
        assertThat(new JmhResults(INTERRUPTED).all()).hasSize(2);
        Path folder = copy(INTERRUPTED.path());
        Files.walk(folder.resolve(RunFolder.CELLS)).sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        assertThat(new JmhResults(new RunFolder(folder)).all()).as("from the forks").isEqualTo(new JmhResults(INTERRUPTED).all());
        assertThatThrownBy(() -> new JmhResults(ARTICLE).all()).isInstanceOf(Fault.class).hasMessageContaining("does not keep JMH's results of");
        assertThat(EXAMPLE.rows()).filteredOn(row -> row.number() == 1).singleElement()
                .satisfies(row -> assertThat(new JmhResults(EXAMPLE).of(row).at("/primaryMetric/score").asDouble()).isEqualTo(row.score()))
                .extracting(CellRow::outcome).isEqualTo(Outcome.OK);
    }

    private Path copy(Path folder) throws IOException {
        Path to = temporary.resolve(folder.getFileName().toString());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(folder.relativize(file).toString()));
            }
        }
        return to;
    }
}
