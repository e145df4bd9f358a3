package io.notagenbench.merge;

import static io.notagenbench.compare.RecordedRun.drawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.compare.RecordedRun;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.JmhResults;
import io.notagenbench.results.Provenance;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private int merges;

    private RunFolder merge(Path... folders) {
        Path out = folder.resolve("out" + merges++);
        MergedFolder.write(out, Merge.of(List.of(folders)));
        return new RunFolder(out);
    }

    /** Two cells, the second of which failed on the AMD machine. */
    private Path amd(String name) throws IOException {
        return new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01)).failed(1, Outcome.TIMEOUT, "Too long.")
                .write(folder.resolve(name));
    }

    private Path intel(String name) throws IOException {
        RecordedRun run = new RecordedRun("Intel Xeon").ok(0, drawn(2, 2, 150, 0.01)).ok(1, drawn(3, 2, 160, 0.01));
        run.environment().put("started", "2026-11-25T00:00:00Z");
        return run.write(folder.resolve(name));
    }

    private static List<JsonNode> journal(RunFolder run) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(run.path().resolve("journal.jsonl"))) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    @Test
    void everyRowIsThereOnceAndKnowsItsRun() throws IOException {
        RunFolder intel = new RunFolder(intel("intel"));
        intel.writePiece(2, "X:1\n");
        RunFolder merged = merge(amd("amd"), intel.path());
        assertThat(merged.piece(4)).as("cell 2 there").contains("X:1\n");
        List<JsonNode> rows = journal(merged);
        assertThat(rows).extracting(row -> row.get("source").get("run").asText() + " " + row.get("source").get("number"))
                .containsExactly("amd 1", "intel 1", "amd 2", "intel 2");
        assertThat(rows).extracting(row -> row.get("number").asInt()).containsExactly(1, 2, 3, 4);
        assertThat(merged.rows()).extracting(CellRow::outcome)
                .containsExactly(Outcome.OK, Outcome.OK, Outcome.TIMEOUT, Outcome.OK);
        assertThat(merged.rows().get(3).measured().samples().get(0).get(0))
                .isEqualTo(drawn(3, 2, 160, 0.01)[0][0]);
        assertThat(new JmhResults(merged).all()).hasSize(3);
        assertThat(merged.path().resolve("logs/004.log")).hasContent("# Run complete\n");
        assertThat(merged.path().resolve("sources/intel/run.log")).exists();
        JsonNode environment = merged.environment().orElseThrow().facts();
        assertThat(environment.at("/jmh").asText()).isEqualTo("1.37");
        assertThat(environment.at("/host/cpu").asText()).isEqualTo("AMD EPYC | Intel Xeon");
        assertThat(environment.at("/sources")).extracting(JsonNode::asText).containsExactly("amd", "intel");
        Provenance provenance = Provenance.of(merged);
        assertThat(provenance.environment(merged.rows().get(1)).orElseThrow().cpu())
                .isEqualTo("Intel Xeon");
    }

    @Test
    void aRunThatIsGivenTwiceIsThereOnce() throws IOException {
        Path amd = amd("amd");
        RunFolder once = merge(amd, intel("intel"));
        Merge again = Merge.of(List.of(once.path(), amd("copy"), intel("intel2"), amd));
        assertThat(again.notes()).isEmpty();
        assertThat(again.runs()).hasSize(2);
        assertThat(again.twice()).isEqualTo(6);
        MergedFolder.write(folder.resolve("again"), again);
        assertThat(journal(new RunFolder(folder.resolve("again")))).containsExactlyInAnyOrderElementsOf(journal(once));
    }

    @Test
    void ofCopiesOfOneRunTheLaterCountsAndItIsSaid() throws IOException {
        Path early = amd("run");
        Path late = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01)).ok(1, drawn(4, 2, 100, 0.01))
                .write(folder.resolve("resumed"));
        Merge merge = Merge.of(List.of(early, late));
        assertThat(merge.runs()).hasSize(1);
        assertThat(merge.rows()).extracting(kept -> kept.row().row().outcome()).containsExactly(Outcome.OK, Outcome.OK);
        assertThat(merge.notes()).singleElement().isEqualTo("Copies of run differ in cell 2, SamplingBenchmark.sample"
                + " backend=onnx decoding=cached seed=1: TIMEOUT in " + early + ", OK in " + late + "; the OK is kept.");
    }

    @Test
    void nothingMeasuredIsLostWhereCopiesOfOneRunWentOnApart() throws IOException {
        Path left = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01)).ok(1, drawn(4, 2, 100, 0.01))
                .write(folder.resolve("left"));
        Path right = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01)).ok(1, drawn(5, 2, 100, 0.01))
                .write(folder.resolve("right"));
        Merge merge = Merge.of(List.of(left, right));
        assertThat(merge.rows()).hasSize(3);
        assertThat(merge.notes()).singleElement().asString().endsWith("; all were measured, so all are kept.");
        assertThat(merge(left, right).rows()).hasSize(3);
    }

    /** Two machines of one kind may skip the same cell, or fail alike. */
    @Test
    void equalRowsOfUnlikeRunsAreNotTheSame() throws IOException {
        RecordedRun first = new RecordedRun("AMD EPYC").failed(0, Outcome.SKIPPED, "Not here.");
        RecordedRun second = new RecordedRun("AMD EPYC").failed(0, Outcome.SKIPPED, "Not here.");
        second.environment().put("started", "2026-11-26T00:00:00Z");
        Merge merge = Merge.of(List.of(first.write(folder.resolve("a/run")), second.write(folder.resolve("b/run"))));
        assertThat(merge.rows()).hasSize(2);
        assertThat(merge.runs()).extracting(Merge.Run::name).containsExactly("run", "run-2");
    }

    @Test
    void theFolderAboveShardsMeansAllOfThem() throws IOException {
        RecordedRun one = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01));
        RecordedRun two = new RecordedRun("AMD EPYC").ok(1, drawn(2, 2, 100, 0.01));
        two.environment().put("started", "2026-11-26T00:00:00Z");
        one.write(folder.resolve("run/shard-1-of-2"));
        two.write(folder.resolve("run/shard-2-of-2"));
        assertThat(journal(merge(folder.resolve("run")))).extracting(row -> row.at("/source/run").asText())
                .containsExactly("run-shard-1-of-2", "run-shard-2-of-2");
        assertThat(merge(folder.resolve("run"), folder.resolve("run/shard-2-of-2")).rows()).hasSize(2);
    }

    @Test
    void aRowThatRanUnderOtherConditionsKeepsThem() throws IOException {
        Path whole = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01)).ok(1, drawn(4, 2, 100, 0.01)).write(folder.resolve("whole"));
        // A copy of the same run of which less is known went on elsewhere.
        Path copy = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01)).write(folder.resolve("copy"));
        RecordedRun elsewhere = new RecordedRun("AMD EPYC").ok(1, drawn(5, 2, 90, 0.01)).goneOn("2026-01-02T00:00:00Z", "21.0.1");
        String row = Files.readString(elsewhere.write(folder.resolve("elsewhere")).resolve("journal.jsonl"));
        Files.writeString(copy.resolve("journal.jsonl"), row.replace("\"number\":1", "\"number\":2"), StandardOpenOption.APPEND);
        Files.createDirectories(copy.resolve("environments"));
        Files.copy(folder.resolve("elsewhere/environments/2026-01-02T000000Z.json"),
                copy.resolve("environments/2026-01-02T000000Z.json"));

        RunFolder merged = merge(whole, copy);
        assertThat(merged.rows()).hasSize(3);
        Provenance provenance = Provenance.of(merged);
        assertThat(merged.rows()).extracting(found -> provenance.environments(found).stream()
                .map(environment -> environment.facts().at("/host/java").asText()).toList())
                .containsExactlyInAnyOrder(List.of("17.0.15"), List.of("17.0.15"), List.of("17.0.15", "21.0.1"));
    }

    @Test
    void namesOfHostsAreTakenOutEverywhere() throws IOException {
        RecordedRun run = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01))
                .failed(1, Outcome.ERROR, "/home/alice/w.pth cannot be read on Deepthought.example.org.");
        run.environment().withObject("/host").put("name", "deepthought.example.org");
        Path first = run.write(folder.resolve("20261124-131421-deepthought-cpu"));
        Files.writeString(first.resolve("run.log"), "deepthought:/Users/bob/x, deepthoughtful, node7\n");
        Files.writeString(first.resolve("notes-deepthought.txt"), "DEEPTHOUGHT\n");
        Files.write(first.resolve("profile.bin"), new byte[] {'d', 0, 'p'});
        Files.writeString(first.resolve("logs/001.log"), "by deepthought.example.org\u00e9\n");
        List<String> notes = MergedFolder.writeScrubbed(folder.resolve("out"), Merge.of(List.of(first, intel("intel"))),
                List.of("node7"));
        assertThat(notes).singleElement().asString().startsWith("profile.bin of 20261124-131421-machine-1-cpu is left out");
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> {
                assertThat(folder.resolve("out").relativize(file).toString()).doesNotContainIgnoringCase("deepthought");
                assertThat(Files.readString(file).replace("deepthoughtful", "")).doesNotContainIgnoringCase("deepthought")
                        .doesNotContain("alice", "bob", "node7");
            });
        }
        RunFolder out = new RunFolder(folder.resolve("out"));
        assertThat(out.path().resolve("sources/20261124-131421-machine-1-cpu/run.log"))
                .hasContent("machine-1:/Users/user/x, deepthoughtful, machine-2\n");
        assertThat(out.path().resolve("logs/001.log")).hasContent("by machine-1\u00e9\n");
        assertThat(out.rows().get(2).reason()).isEqualTo("/home/user/w.pth cannot be read on machine-1.");
        assertThat(new JmhResults(out).of(out.rows().get(0)).at("/primaryMetric/score").asDouble()).isPositive();
        assertThat(Merge.of(List.of(out.path(), first)).runs()).as("scrubbed and not").hasSize(2);
    }

    @Test
    void aHostWhoseNameIsAWordOfTheResultsIsNotTakenOutInSilence() throws IOException {
        RecordedRun run = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01));
        run.environment().withObject("/host").put("name", "cached");
        Merge merge = Merge.of(List.of(run.write(folder.resolve("run"))));
        assertThatThrownBy(() -> MergedFolder.writeScrubbed(folder.resolve("out"), merge, List.of()))
                .isInstanceOf(Fault.class).hasMessageContaining("\"cached\"");
        assertThat(folder.resolve("out/journal.jsonl")).doesNotExist();
    }

    @Test
    void whatCannotBeMergedIsNamed() throws IOException {
        Path amd = new RecordedRun("AMD EPYC").ok(0, drawn(1, 2, 100, 0.01)).old().write(folder.resolve("amd"));
        Files.delete(amd.resolve("cells/001.json"));
        assertThatThrownBy(() -> Merge.of(List.of(amd))).isInstanceOf(Fault.class)
                .hasMessageContaining("its result 001.json is not there");
        assertThatThrownBy(() -> Merge.of(List.of(folder))).isInstanceOf(Fault.class).hasMessageContaining("holds no run");
        assertThatThrownBy(() -> MergedFolder.requireEmpty(amd)).isInstanceOf(Fault.class)
                .hasMessageContaining("is not empty");
    }
}
