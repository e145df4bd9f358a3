package io.notagenbench.report;

import static io.notagenbench.document.MarkdownRows.rows;
import static io.notagenbench.report.ResultsFolder.around;
import static io.notagenbench.report.ResultsFolder.counters;
import static io.notagenbench.report.ResultsFolder.json;
import static io.notagenbench.report.ResultsFolder.pieceCounters;
import static io.notagenbench.report.ResultsFolder.profiled;
import static io.notagenbench.report.ResultsFolder.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.document.Document;
import io.notagenbench.document.Score;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.fault.Fault;
import io.notagenbench.results.BatchCounters;
import io.notagenbench.results.ProfilerMetric;
import io.notagenbench.results.RooflineCounters.Arithmetic;
import io.notagenbench.results.RooflineCounters.Traffic;
import io.notagenbench.results.RunFolder;
import io.notagenbench.results.ServiceCounters;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest extends WithResultsFolder {

    private static final String RECOMPUTE = "\"backend\":\"onnx\",\"decoding\":\"recompute\"";
    private static final String CACHED = "\"backend\":\"onnx\",\"decoding\":\"cached\"";

    @Test
    void aPieceStandsBesideItsStagesAndWhatFailed() {
        String markdown = folder
                .result("FullPieceBenchmark.generate", RECOMPUTE, time(90, 110), pieceCounters(2))
                .cell("FullPieceBenchmark.generate", CACHED, "TIMEOUT", "Too | slow.")
                .result("FullPieceBenchmark.generate", RECOMPUTE.replace("recompute", "speculative"), time(50),
                        pieceCounters(1, counted -> {
                            counted.cutPatches = 21;
                            counted.cutSeconds = 0.0015;
                        }))
                .result("ForwardPassBenchmark.patchStep", RECOMPUTE + ",\"context\":\"20\"", time(around(5, 0.25)),
                        profiled(ProfilerMetric.RSS_WEIGHTS, "40,40"), profiled(ProfilerMetric.RSS_LOADED, "148,150"),
                        profiled(ProfilerMetric.RSS_LOADING_PEAK, "200,210"), profiled(ProfilerMetric.RSS_PEAK, "180,170"))
                .result("PatchDecodingBenchmark.decode", RECOMPUTE,
                        "\"score\":4000,\"scoreError\":10,\"scoreUnit\":\"us/op\",\"rawData\":[[4000]]")
                .markdown();
        assertThat(markdown).startsWith("# notagen-bench: run\n")
                .contains("Too \\| slow.", "4 OK, 1 TIMEOUT of 5 cells, 10 s.");
        assertThat(rows(markdown, "backend", "decoding", "settings", "s/piece", "± s", "n", "patch level ms",
                "char level ms", "speed-up", "closure %"))
                .contains(List.of("onnx", "recompute", "defaults", "0.100", "-", "2", "5", "4", "1", "90"),
                        List.of("onnx", "cached", "defaults", "-", "-", "-", "-", "-", "-", "-"));
        assertThat(rows(markdown, "backend", "decoding", "settings", "patches", "chars", "bars", "cuts", "run again",
                "cut ms", "music s", "patches/s", "first patch s", "first bar s"))
                .contains(List.of("onnx", "recompute", "defaults", "10", "100", "7", "0", "-", "-", "12", "100",
                        "0.00300", "-"),
                        List.of("onnx", "speculative", "defaults", "10", "100", "7", "0", "21", "1.50", "12", "200",
                        "0.00300", "-"));
        assertThat(rows(markdown, "stage", "backend", "decoding", "settings", "context", "ms", "± ms", "n"))
                .contains(List.of("patch level, step", "onnx", "recompute", "defaults", "20", "5", "0.250", "3"));
        assertThat(rows(markdown, "outcome", "benchmark", "parameters", "reason"))
                .contains(List.of("TIMEOUT", "FullPieceBenchmark.generate", "backend=onnx decoding=cached",
                        "Too | slow."));
        assertThat(rows(markdown, "benchmark", "backend", "decoding", "settings", "weights", "loaded", "peak loading",
                "peak", "predicted", "% of predicted"))
                .contains(List.of("ForwardPassBenchmark.patchStep", "onnx", "recompute", "context=20", "40", "150",
                        "210", "180", "-", "-"));
    }

    @Test
    void draftsOfEachKindStandBesideThePassesThatTheySpared() {
        String speculative = RECOMPUTE.replace("recompute", "speculative");
        String markdown = folder.result("FullPieceBenchmark.generate", speculative, time(50),
                pieceCounters(1, counted -> {
                    counted.charPasses = 42;
                    counted.charRows = 170;
                    counted.patchPasses = 9;
                    counted.patchRows = 13;
                    counted.drafted = 80;
                    counted.accepted = 60;
                    counted.firstDrafted = 40;
                    counted.firstAccepted = 24;
                    counted.secondDrafted = 20;
                    counted.secondAccepted = 17;
                    counted.thirdDrafted = 10;
                    counted.thirdAccepted = 9;
                    counted.fourthDrafted = 8;
                    counted.fourthAccepted = 8;
                    counted.laterDrafted = 2;
                    counted.laterAccepted = 2;
                    counted.lookupDrafted = 0;
                    counted.lookupAccepted = 0;
                    counted.patchesDrafted = 4;
                    counted.patchesAccepted = 1;
                }))
                .result("FullPieceBenchmark.generate", CACHED, time(90, 110), pieceCounters(2))
                .markdown();
        assertThat(markdown).contains("## What drafts spared");
        assertThat(rows(markdown, "backend", "settings", "char passes", "patch passes", "chars", "right %", "known",
                "right % (2)", "patches", "right % (3)"))
                .as("a row for each piece with drafts")
                .containsExactly(List.of("onnx", "defaults",
                        "4.20", "0.900", "80", "75", "0", "-", "4", "25"));
        assertThat(rows(markdown, "backend", "settings", "1st", "right %", "2nd", "right % (2)", "3rd", "right % (3)", "4th",
                "right % (4)", "later", "right % (5)"))
                .containsExactly(List.of("onnx", "defaults", "40", "60", "20", "85", "10", "90", "8", "100", "2", "100"));
    }

    /** 472.3 MB of six blocks, 0.7 MB of head and rows, 0.5 MB of keys and values: 473.5 MB are 18.94 ms at 25 GB/s. */
    @Test
    void aDecoderStandsBeneathTheRooflineOfItsMachine() {
        String rate = "\"score\":9,\"scoreError\":1,\"scoreUnit\":\"ops/s\",\"rawData\":[[8,10]]";
        String markdown = folder
                .result("RooflineBenchmark.javaSum", "\"buffer\":\"512\",\"threads\":\"0\"", rate,
                        json(Counted.each(Traffic.class, (traffic, value) -> traffic.gigabytes = value, List.of(10.0, 15.0))))
                .result("RooflineBenchmark.engineSum", "\"backend\":\"pytorch\",\"buffer\":\"512\",\"threads\":\"0\"", rate,
                        json(Counted.each(Traffic.class, (traffic, value) -> traffic.gigabytes = value, List.of(20.0, 25.0))))
                .result("RooflineBenchmark.matrixMatrix", "\"backend\":\"onnx\",\"precision\":\"fp32\",\"threads\":\"0\"",
                        rate, json(Counted.each(Arithmetic.class, (products, value) -> products.gigaoperations = value,
                                List.of(100.0, 200.0))))
                .result("ForwardPassBenchmark.charStep",
                        "\"backend\":\"onnx\",\"decoding\":\"cached\",\"model\":\"large\",\"threads\":\"0\"",
                        time(25))
                .markdown();
        assertThat(rows(markdown, "what", "by", "settings", "limit", "unit", "best", "mean", "n"))
                .contains(List.of("read bandwidth", "java sum", "defaults", "", "GB/s", "15", "12.5", "2"),
                        List.of("read bandwidth", "pytorch sum", "defaults", "yes", "GB/s", "25", "22.5", "2"),
                        List.of("matrix throughput", "onnx matrix times matrix", "defaults", "yes", "GFLOP/s", "200",
                        "150", "2"));
        assertThat(rows(markdown, "what", "backend", "decoding", "settings", "bound by", "ms", "MB", "GFLOP", "GB/s",
                "of GB/s", "ms bandwidth", "ms arithmetic", "ms launches", "% of limit"))
                .contains(List.of("char level, char", "onnx", "cached", "model=large", "bandwidth", "25", "473",
                        "0.237", "18.9", "25", "18.9", "1.18", "-", "75.8"));
    }

    /** 4 pieces in 2 s and in 1 s; together 2.5 of them in the mean at the patch level. */
    @Test
    void aBatchStandsBesideOnePieceAfterTheOther() {
        String arm = "\"backend\":\"onnx\",\"patches\":\"5\",\"pieces\":\"4\",\"batch\":";
        String markdown = folder
                .result("BatchBenchmark.generate", arm + "\"1\"", time(around(2000, 100)), queue(2, 20))
                .result("BatchBenchmark.generate", arm + "\"4\"", time(around(1000, 20)), queue(3.2, 8))
                .cell("BatchBenchmark.generate", arm + "\"8\"", "TIMEOUT", "Too slow.")
                .markdown();
        assertThat(markdown).contains("## Pieces decoded together");
        assertThat(rows(markdown, "backend", "settings", "batch", "pieces", "pieces/h", "± %", "n", "ratio",
                "latency s", "p50 s", "p90 s", "p99 s", "in a slot s", "worst s", "steady pieces/h", "drain %", "patches/s", "patch rows", "char rows"))
                .contains(List.of("onnx", "patches=5", "1", "4", "7200", "5.00", "3", "1", "1.25", "1", "2", "2.10", "0.500", "0.800", "7200",
                        "5", "10", "1", "1.50"),
                        List.of("onnx", "patches=5", "4", "4", "14400", "2.00", "3", "2", "1.25", "1", "2", "2.10", "0.800", "0.800", "7200",
                        "10", "20", "2.50", "1.50"),
                        List.of("onnx", "patches=5", "8", "4", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"));
    }

    private static String[] queue(double latencySeconds, double patchPasses) {
        return counters(2, BatchCounters.class, counted -> {
            counted.pieces = 4;
            counted.patches = 20;
            counted.latencySeconds = latencySeconds;
            counted.worstLatencySeconds = 0.8;
            counted.askedSeconds = 5;
            counted.askedP50Seconds = 1;
            counted.askedP90Seconds = 2;
            counted.askedP99Seconds = 2.1;
            counted.steadyPieces = 3;
            counted.steadySeconds = 1.5;
            counted.drainSeconds = 0.1;
            counted.patchPasses = patchPasses;
            counted.patchRows = 20;
            counted.charPasses = 100;
            counted.charRows = 150;
        });
    }

    /** At 4 requests a second 90 of 100 are good, a quarter of the texts are from the cache, and 60 of 80 streams can be played. */
    @Test
    void aServiceShowsWhatItsClientsWaitFor() {
        String cell = "\"backend\":\"onnx\",\"cache\":\"caffeine\",\"popularity\":\"repeat:0.5\",\"batch\":\"4\",\"rate\":";
        String markdown = folder
                .result("ServiceLoadBenchmark.schedule", cell + "\"closed\"", time(9_000), load(0, 0, 0))
                .result("ServiceLoadBenchmark.schedule", cell + "\"80%\"", time(9_000), load(4, 0, 0))
                .result("ServiceLoadBenchmark.schedule", cell + "\"90%\"", time(9_000), load(4.5, 0, 1))
                .result("ServiceLoadBenchmark.schedule", cell + "\"110%\"", time(9_000), load(5.5, 1, 0))
                .cell("ServiceLoadBenchmark.schedule", cell + "\"120%\"", "WRONG_OUTPUT", "3 texts differ.")
                .result("ServiceBenchmark.hit", "\"backend\":\"onnx\",\"cache\":\"redis\"", time(around(2, 0.1)))
                .markdown();
        assertThat(markdown).contains("## A service under load");
        assertThat(rows(markdown, "cache", "pieces", "batch", "rate", "requests/s", "texts/s", "first patch p50", "p90", "worst",
                "total p50", "worst total", "good %", "playable %", "hits %", "hit p50", "hit worst", "miss p50", "state"))
                .contains(List.of("caffeine", "repeat:0.5", "4", "closed", "-", "3.80", "250", "-", "900", "2000", "5000", "90", "75",
                        "25", "4", "8", "2500", "steady"),
                        List.of("caffeine", "repeat:0.5", "4", "80%", "4", "3.80", "250", "-", "900", "2000", "5000", "90", "75", "25",
                                "4", "8", "2500", "steady"))
                .anySatisfy(row -> assertThat(row).contains("90%").endsWith("late"))
                .anySatisfy(row -> assertThat(row).contains("110%").endsWith("saturated"))
                .anySatisfy(row -> assertThat(row).contains("120%").endsWith("-"));
        assertThat(rows(markdown, "request", "cache", "ms", "n")).contains(List.of("cached", "redis", "2", "3"));
    }

    private static String[] load(double rate, int saturated, int late) {
        return counters(1, ServiceCounters.class, counted -> {
            counted.requests = 100;
            counted.whole = 96;
            counted.hits = 24;
            counted.offeredRate = rate;
            counted.textRate = 3.8;
            counted.good = 90;
            counted.streams = 80;
            counted.playable = 60;
            counted.firstPatchMedianSeconds = 0.25;
            counted.firstPatchWorstSeconds = 0.9;
            counted.totalMedianSeconds = 2;
            counted.totalWorstSeconds = 5;
            counted.hitMedianSeconds = 0.004;
            counted.hitWorstSeconds = 0.008;
            counted.missMedianSeconds = 2.5;
            counted.saturated = saturated;
            counted.late = late;
        });
    }

    /** 20 hand-overs of 5 us in 100 ms; and two devices that write in 600 ms what one writes in 1 s. */
    @Test
    void severalDevicesShowWhatTheyCostAndHowTheyScale() {
        String markdown = folder
                .result("FullPieceBenchmark.generate", CACHED + ",\"device\":\"cpu+cpu\"", time(90, 110),
                        pieceCounters(2, counted -> {
                            counted.handOvers = 20;
                            counted.handOverSeconds = 100e-6;
                        }))
                .result("FullPieceBenchmark.generate", CACHED, time(70, 90),
                        pieceCounters(2, counted -> {
                            counted.handOvers = 0;
                            counted.handOverSeconds = 0;
                        }))
                .result("BatchBenchmark.generate", "\"backend\":\"onnx\",\"device\":\"cpu/cpu\",\"pieces\":\"4\",\"batch\":\"1\"",
                        time(600, 600), counters(2, BatchCounters.class, counted -> {
                            counted.pieces = 4;
                            counted.aloneSeconds = 1;
                            counted.deviceSeconds = 1.2;
                        }))
                .markdown();
        assertThat(markdown).contains("## Hand-overs between devices");
        assertThat(rows(markdown, "backend", "decoding", "settings", "hand-overs", "us each", "% of the time"))
                .as("a row where there are some")
                .containsExactly(List.of("onnx", "cached",
                        "device=cpu+cpu", "20", "5", "0.100"));
        assertThat(rows(markdown, "backend", "settings", "batch", "pieces", "pieces/h", "scaling %"))
                .contains(List.of("onnx", "device=cpu/cpu", "1", "4", "24000", "83.3"));
    }

    @Test
    void ofWhatWasNotMeasuredNothingIsSaid() {
        String markdown = folder.result("ForwardPassBenchmark.charStep",
                "\"backend\":\"onnx\",\"decoding\":\"cached\",\"model\":\"large\"", time(25)).markdown();
        assertThat(markdown).contains("## The stages of inference").contains("- Main memory was not measured: no cell")
                .doesNotContain("Roofline", "A whole piece", "Model load");
    }

    @Test
    void anEmptyJournalIsAReportOfNothing() {
        assertThat(folder.markdown()).contains("No cell has ended yet.").doesNotContain("|");
    }

    @Test
    void aTornLineIsNoCell() {
        folder.cell("FullPieceBenchmark.generate", CACHED, "TIMEOUT", "Slow.");
        String whole = folder.markdown();
        folder.write("journal.jsonl", ResultsFolder.read(folder.path.resolve("journal.jsonl")) + "{\"number\":2,\"bench");
        assertThat(folder.markdown()).isEqualTo(whole).contains("1 TIMEOUT of 1 cell, 2 s.");
    }

    @Test
    void cellsStandInTheOrderOfThePlanHoweverTheyEnded() {
        String inOrder = folder.result("FullPieceBenchmark.generate", RECOMPUTE, time(290, 310), pieceCounters(2))
                .result("FullPieceBenchmark.generate", CACHED, time(90, 110), pieceCounters(2)).markdown();
        List<String> lines = new ArrayList<>(ResultsFolder.read(folder.path.resolve("journal.jsonl")).lines().toList());
        Collections.reverse(lines);
        folder.write("journal.jsonl", String.join("\n", lines) + "\n");
        assertThat(folder.markdown()).isEqualTo(inOrder);
    }

    @Test
    void aResultThatIsGoneIsNamedAndTheOthersStay() {
        String markdown = folder.result("FullPieceBenchmark.generate", CACHED, time(90, 110), pieceCounters(2))
                .cell("FullPieceBenchmark.generate", RECOMPUTE, "OK", "")
                .markdown();
        assertThat(rows(markdown, "backend", "decoding", "settings", "s/piece"))
                .contains(List.of("onnx", "cached", "defaults", "0.100"),
                        List.of("onnx", "recompute", "defaults", "-"));
        assertThat(markdown).contains("result is not there").containsPattern("002.json cannot be read");
    }

    @Test
    void aPieceWithoutItsCountsHasItsTime() {
        assertThat(rows(folder.result("FullPieceBenchmark.generate", CACHED, time(around(100, 1))).markdown(),
                "backend", "decoding", "settings", "s/piece", "± s", "n", "patch level ms", "char level ms", "speed-up",
                "closure %"))
                .contains(List.of("onnx", "cached", "defaults", "0.100", "0.00100", "3", "-", "-", "-", "-"));
    }

    @Test
    void cellsThatAllFailedAreAllThereIs() {
        String markdown = folder.cell("FullPieceBenchmark.generate", CACHED, "OOM_HOST", "No memory.").markdown();
        assertThat(markdown).contains("1 OOM_HOST of 1 cell");
        assertThat(rows(markdown, "outcome", "benchmark", "parameters", "reason"))
                .contains(List.of("OOM_HOST", "FullPieceBenchmark.generate", "backend=onnx decoding=cached",
                        "No memory."));
    }

    @Test
    void aFolderWithoutARunIsSaidToBeNone() {
        assertThatThrownBy(() -> Report.of(List.of(new RunFolder(temporary))))
                .isInstanceOf(Fault.class).hasMessageContaining("holds no run");
    }

    @Test
    void severalRunsKeepTheirNamesAndTheirTablesApart() throws Exception {
        ResultsFolder other = new ResultsFolder(Files.createDirectory(temporary.resolve("other")));
        for (ResultsFolder one : List.of(folder, other)) {
            one.result("ForwardPassBenchmark.charStep", CACHED, time(25));
        }
        Document report = Report.of(List.of(folder.folder(), other.folder()));
        assertThat(report.sections()).extracting(Section::title)
                .contains("run: The stages of inference", "other: The stages of inference");
        assertThat(report.blocks(Table.class)).extracting(Table::id).doesNotHaveDuplicates();
    }

    @Test
    void theMachinesDriftIsShownAgainstItsFirstTime() {
        folder.result("ForwardPassBenchmark.charStep", CACHED, time(25)).write("drift.jsonl", """
                {"started":"A","outcome":"OK","loadAverage":0.5,"readings":{"compute":{"unit":"us/op","estimate":{"mean":100}}}}
                {"started":"B","outcome":"OK","loadAverage":-1,"readings":{"compute":{"unit":"us/op","estimate":{"mean":125}}}}
                {"started":"torn""");
        assertThat(folder.markdown()).contains("## How steady the machine was");
        assertThat(rows(folder.markdown(), "started", "load", "compute us/op", "% off"))
                .containsExactly(List.of("A", "0.500", "100", "0"),
                        List.of("B", "-", "125", "25"));
    }

    @Test
    void aCellThatHadNotSettledIsNamed() {
        folder.write("journal.jsonl", """
                {"number":1,"benchmark":"x.TextBenchmark.decode","params":{},"jmh":{},"outcome":"OK","reason":"","seconds":2.0,\
                "measured":{"mode":"avgt","unit":"us/op","samples":[[3,2,1]],"estimate":{"forks":1,"n":3,"mean":2,\
                "confidence":0.95,"basis":"ITERATIONS"},"trend":{"verdict":"TRENDING","p":0.01,"drift":-0.25},"secondary":{}}}
                """);
        assertThat(folder.markdown()).contains("Cells that had not settled");
        assertThat(rows(folder.markdown(), "benchmark", "parameters", "change %", "p"))
                .containsExactly(List.of("TextBenchmark.decode", "defaults", "-25", "0.0100"));
    }

    @Test
    void thePieceOfTheFastestExactSettingIsShownAsItWasWritten() {
        folder.result("FullPieceBenchmark.generate", RECOMPUTE, time(300), pieceCounters(1))
                .result("FullPieceBenchmark.generate", CACHED, time(100), pieceCounters(1));
        assertThat(folder.report().blocks(Score.class)).as("an older run keeps none").isEmpty();
        folder.write("pieces/001.abc", "X:1\nslow").write("pieces/002.abc", "X:1\nfast");
        assertThat(folder.report().blocks(Score.class)).extracting(Score::abc).containsExactly("X:1\nfast");
        assertThat(folder.markdown()).contains("Length: 10 patches, 100 characters, 7 bars, 12 s of music");
    }

    @Test
    void aMergeIsTheRunsThatWereMerged() {
        for (String run : List.of("one", "two")) {
            folder.write("sources/" + run + "/environment.json", "{\"host\":{\"cpu\":\"CPU " + run
                    + "\",\"physicalCores\":4},\"started\":\"now\"}");
        }
        folder.result("FullPieceBenchmark.generate", CACHED, time(90, 110), pieceCounters(2))
                .result("FullPieceBenchmark.generate", RECOMPUTE, time(290, 310), pieceCounters(2));
        String journal = ResultsFolder.read(folder.path.resolve("journal.jsonl"));
        folder.write("journal.jsonl", journal.replace("{\"number\":1", "{\"source\":{\"run\":\"one\",\"number\":1},\"number\":1")
                .replace("{\"number\":2", "{\"source\":{\"run\":\"two\",\"number\":1},\"number\":2"));
        assertThat(folder.markdown()).contains("CPU one, 4 cores, now; CPU two, 4 cores, now",
                "one: The answer for this machine", "two: The answer for this machine");
        assertThat(rows(folder.markdown(), "machine", "memory", "cores", "setting", "succeeded", "s/piece"))
                .contains(List.of("CPU one, 4 cores", "-", "4", "model=tiny backend=onnx decoding=cached", "yes",
                        "0.100"),
                        List.of("CPU two, 4 cores", "-", "4", "model=tiny backend=onnx decoding=recompute", "yes",
                        "0.300"));
    }
}
