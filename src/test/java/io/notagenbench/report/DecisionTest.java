package io.notagenbench.report;

import static io.notagenbench.document.MarkdownRows.rows;
import static io.notagenbench.report.ResultsFolder.pieceCounters;
import static io.notagenbench.report.ResultsFolder.profiled;
import static io.notagenbench.report.ResultsFolder.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.document.Table;
import io.notagenbench.results.ProfilerMetric;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one decides by: the answer, the published table, the ladder. */
class DecisionTest extends WithResultsFolder {

    private static String arm(String backend, String decoding, String precision) {
        return "\"backend\":\"%s\",\"decoding\":\"%s\",\"precision\":\"%s\",\"model\":\"tiny\",\"seed\":\"0\""
                .formatted(backend, decoding, precision);
    }

    private void piece(String params, double[] samples, String... more) {
        folder.result("FullPieceBenchmark.generate", params, time(samples),
                Stream.concat(Arrays.stream(pieceCounters(samples.length)), Arrays.stream(more)).toArray(String[]::new));
    }

    private void verification(String hash, boolean int8Passes) {
        folder.write("verify-1.json", """
                {"model":"tiny","hash":"%s","device":"cpu","seed":0,"patchLength":64,"patches":48,"context":16,"arms":[
                {"backend":"onnx","decoding":"cached","precision":"fp32","logitError":8.43e-6,"divergence":2.5e-13,"agreement":1.0,"sameText":true,
                 "difference":"","passes":true,"new":"field"},
                {"backend":"onnx","decoding":"cached","precision":"int8","logitError":7.83e-2,"divergence":1.37e-4,"agreement":0.996,
                 "sameText":false,"difference":"draw 81","passes":%s}]}
                """.formatted(hash, int8Passes));
    }

    private void threeArms() {
        piece(arm("pytorch", "recompute", "fp32"), new double[] {990, 1000, 1010});
        piece(arm("onnx", "cached", "fp32"), new double[] {199, 200, 201}, profiled(ProfilerMetric.RSS_PEAK, "300,310,305"),
                profiled(ProfilerMetric.RAPL_OP, "2,3,4"));
        piece(arm("onnx", "cached", "int8"), new double[] {99, 100, 101}, profiled(ProfilerMetric.RSS_PEAK, "200,210,205"));
    }

    @Test
    void whatWasVerifiedWithOtherThreadsSaysNothing() {
        piece(arm("onnx", "cached", "fp32") + ",\"threads\":\"1\"", new double[] {990, 1000, 1010});
        piece(arm("onnx", "cached", "fp32") + ",\"threads\":\"2\"", new double[] {490, 500, 510});
        folder.write("verify.json", """
                [{"model":"tiny","hash":"aa","device":"cpu","threads":"2","arms":[
                {"backend":"onnx","decoding":"cached","precision":"fp32","logitError":8.4e-6,"divergence":2.5e-13,
                 "agreement":1.0,"sameText":true,"difference":"","passes":true}]}]
                """);
        assertThat(folder.markdown()).containsSubsequence("The ladder of speed", "not verified here", "the same text", "8.40e-06");
    }

    @Test
    void theBestByTimeMemoryAndEnergyComesFirstWithItsLoss() {
        threeArms();
        verification("aa", true);
        String markdown = folder.markdown();
        assertThat(markdown).containsSubsequence("## The answer for this machine",
                "Fastest in fp32: **0.200 s/piece**, onnx cached, 20 ms a patch; 5 times as fast as pytorch recompute; exact:",
                "Fastest in a reduced precision: **0.100 s/piece**, onnx cached int8, 10 ms a patch; 10 times as fast",
                "KL 1.37e-04 nats, top-1 99.6 %, another text",
                "As the original does it: **1 s/piece**, pytorch recompute",
                "Least memory: **210 MiB**, onnx cached int8, peak of the process, at 0.100 s/piece",
                "Least energy: **3 J**, onnx cached, a piece, of the processor", "## The published table");
    }

    /** Three samples of 100 with a standard deviation of 10: half the interval is 4.303 * 10 / sqrt(3). A cell takes two seconds. */
    @Test
    void aMachineThatWasTooNoisyIsToldWithTheTimeThatARunWouldNeed() {
        piece(arm("onnx", "cached", "fp32"), new double[] {90, 100, 110});
        piece(arm("pytorch", "recompute", "fp32"), new double[] {999, 1000, 1001});
        assertThat(folder.markdown()).contains("The machine was too noisy: onnx cached with model=tiny only within ± 24.8 %. To know these"
                + " within ± 5 %, measure when it is idle, or for about 1 min: sweep --budget.");
    }

    @Test
    void aQuietMachineIsNotMentioned() {
        threeArms();
        assertThat(folder.markdown()).doesNotContain("noisy");
    }

    @Test
    void everyStepOfTheLadderCarriesItsHonesty() {
        threeArms();
        verification("aa", true);
        assertThat(rows(folder.markdown(), "backend", "decoding", "precision", "exactness", "s/piece", "± sd",
                "× original", "× row above", "logit error", "KL nats", "top-1 %", "MiB", "J/piece"))
                .contains(List.of("pytorch", "recompute", "fp32", "not verified here", "1", "0.0100", "1", "-", "-",
                        "-", "-", "-", "-"),
                        List.of("onnx", "cached", "fp32", "the same text", "0.200", "0.00100", "5", "5", "8.43e-06",
                        "2.50e-13", "100", "310", "3"),
                        List.of("onnx", "cached", "int8", "another text", "0.100", "0.00100", "10", "2", "7.83e-02",
                        "1.37e-04", "99.6", "210", "-"));
    }

    @Test
    void whatFailedTheCheckIsNotRanked() {
        threeArms();
        verification("aa", false);
        assertThat(folder.markdown()).doesNotContain("Fastest in a reduced precision", "Least memory: **210");
        assertThat(rows(folder.markdown(), "precision", "exactness"))
                .contains(List.of("int8", "FAILED"));
    }

    @Test
    void theCheckOfAnotherModelIsNoCheck() {
        folder.write("environment.json", "{\"models\":{\"tiny\":\"bb\"}}");
        threeArms();
        verification("aa", true);
        assertThat(rows(folder.markdown(), "backend", "decoding", "precision", "exactness"))
                .contains(List.of("onnx", "cached", "fp32", "not verified here"));
        assertThat(folder.markdown()).doesNotContain("1.37e-04");
    }

    @Test
    void settingsThatOverlapAreNotToldApart() {
        piece(arm("onnx", "cached", "fp32"), new double[] {90, 100, 110});
        piece(arm("onnx", "speculative", "fp32"), new double[] {88, 98, 108});
        piece(arm("pytorch", "recompute", "fp32"), new double[] {990, 1000, 1010});
        assertThat(folder.markdown()).contains("onnx speculative, 9.80 ms a patch; 10.2 times as fast as pytorch recompute;"
                + " not told apart from onnx cached; not verified");
    }

    @Test
    void thePublishedTableHasThisMachineInItAndItsFailures() {
        folder.write("environment.json", "{\"host\":{\"cpu\":\"A CPU\",\"physicalCores\":2,\"memoryBytes\":25000000000}}");
        threeArms();
        folder.cell("FullPieceBenchmark.generate", arm("pytorch", "cached", "fp32").replace("tiny", "large"), "OOM_HOST", "Too big.");
        String markdown = folder.markdown();
        assertThat(rows(markdown, "machine", "memory", "cores", "setting", "succeeded", "s/piece", "± sd", "patches",
                "ms/patch", "peak MB", "share %"))
                .contains(List.of("RTX 3060", "12 GB", "3584", "NotaGen WebUI", "yes", "58.3", "3.10", "not given",
                        "not known", "7842", "65.4"),
                        List.of("L40S", "48 GB", "18176", "NotaGen WebUI", "yes", "25.1", "1", "not given", "not known",
                        "23100", "48.1"),
                        List.of("A CPU, 2 cores", "25 GB", "2", "model=tiny backend=onnx decoding=cached", "yes",
                        "0.200", "0.00100", "10", "20", "325", "1.30"));
        assertThat(rows(markdown, "setting", "succeeded", "s/piece", "± sd", "patches", "ms/patch", "peak MB",
                "share %"))
                .contains(List.of("model=large backend=pytorch decoding=cached", "no: OOM_HOST", "-", "-", "-", "-",
                        "-", "-"));
        List<Table> tables = folder.report().blocks(Table.class);
        assertThat(tables.get(0).rows().stream().filter(Table.Row::strong)).as("of the published size").hasSize(1);
        assertThat(tables.get(1).rows()).as("of another").hasSize(3).allMatch(Table.Row::strong);
    }

    @Test
    void severalSeedsAreSeveralPiecesOfOneRow() {
        for (int seed = 0; seed < 3; seed++) {
            piece(arm("onnx", "cached", "fp32").replace("\"0\"", "\"" + seed + "\""), new double[] {99 + 10 * seed, 101 + 10 * seed});
        }
        assertThat(rows(folder.markdown(), "setting", "succeeded", "s/piece", "± sd", "patches", "ms/patch"))
                .contains(List.of("model=tiny backend=onnx decoding=cached, 3 seeds", "yes", "0.110", "0.0100", "10",
                        "11"));
    }
}
