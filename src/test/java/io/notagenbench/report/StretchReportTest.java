package io.notagenbench.report;

import static io.notagenbench.document.MarkdownRows.rows;
import static io.notagenbench.report.ResultsFolder.counters;
import static io.notagenbench.report.ResultsFolder.pieceCounters;
import static io.notagenbench.report.ResultsFolder.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.results.StretchCounters;
import org.junit.jupiter.api.Test;

/** A whole piece that is known from a stretch of it. */
class StretchReportTest extends WithResultsFolder {

    /** A patch takes a tenth of the stretch; of 100 calls two are new contexts with 30 patches, of 2 ms each instead of 1. */
    private void stretch(String model, String arm, double milliseconds) {
        folder.result("StretchBenchmark.decode", params(model, arm) + ",\"patches\":\"10\"",
                time(milliseconds, milliseconds, milliseconds), counters(3, StretchCounters.class, counted -> {
                    counted.steps = 10;
                    counted.chars = 120;
                    counted.contextPatches = 470;
                    counted.newPatches = 0;
                    counted.charPasses = 45;
                    counted.pieceCharPasses = 440;
                    counted.firstPatches = 40;
                    counted.firstSeconds = 0.08;
                    counted.stepSeconds = 0.001;
                    counted.piecePatches = 99;
                    counted.pieceChars = 1200;
                    counted.pieceCalls = 100;
                    counted.pieceContextPatches = 4600;
                    counted.piecePrefills = 2;
                    counted.piecePrefillPatches = 30;
                }));
    }

    private void whole(String model, String arm, double milliseconds) {
        folder.result("FullPieceBenchmark.generate", params(model, arm) + ",\"patches\":\"0\",\"seed\":\"0\"",
                time(milliseconds, milliseconds, milliseconds), pieceCounters(3));
    }

    private static String params(String model, String arm) {
        String[] parts = arm.split("/");
        return "\"model\":\"%s\",\"backend\":\"%s\",\"precision\":\"%s\",\"decoding\":\"%s\",\"work\":\"chopin\",\"patchLength\":\"64\""
                .formatted(model, parts[0], parts[1], parts[2]);
    }

    private void arms() {
        stretch("large", "pytorch/fp32/recompute", 10_000);
        stretch("large", "onnx/fp32/speculative", 2_000);
        stretch("large", "onnx/int4/speculative", 700);
        stretch("tiny", "pytorch/fp32/recompute", 100);
        stretch("tiny", "onnx/fp32/speculative", 20);
        whole("tiny", "pytorch/fp32/recompute", 1050);
        whole("tiny", "onnx/fp32/speculative", 250);
        folder.write("verify.json", """
                [{"model":"tiny","hash":"aa","device":"cpu","arms":[
                {"backend":"onnx","decoding":"speculative","precision":"int4","divergence":2.4e-2,"agreement":0.958,"passes":true}]}]
                """);
    }

    @Test
    void theAnswerBeginsWithThePieceOfThePublishedTest() {
        arms();
        assertThat(folder.markdown()).contains("""
                ## The answer for this machine

                A piece of 99 patches (Chopin, Op. 6 No. 2) with the large model: 20.1 s ± 3.20 % on this machine, exact (onnx speculative); \
                7.06 s ± 3.20 % in int4 (onnx speculative int4; it loses KL 2.40e-02 nats, top-1 95.8 % on tiny); the original's way: \
                100 s ± 0.762 % (pytorch recompute); the published test: 58.3 s (RTX 3060) to 25.1 s (L40S).
                """.replace("\\\n", ""));
    }

    @Test
    void theClosureOfTheNearestArmCounts() {
        arms();
        assertThat(rows(folder.markdown(), "backend", "decoding", "settings", "patches", "context", "chars a patch", "char passes", "ms a call",
                "new patch ms", "n", "s/piece", "± s", "closure %")).anySatisfy(row -> assertThat(row)
                .startsWith("onnx", "speculative").contains("10 / 100", "47 / 46", "12 / 12", "4.50 / 4.40", "200", "2", "3", "20.1", "0.642", "103"));
    }

    @Test
    void aPieceThatWasWrittenOnceTellsHowFarTheStretchesOfAllArmsAreOff() {
        stretch("large", "onnx/fp32/speculative", 2_000);
        stretch("large", "onnx/mixed/speculative", 700);
        folder.result("FullPieceBenchmark.generate", params("large", "onnx/mixed/speculative") + ",\"patches\":\"0\",\"seed\":\"0\"",
                time(7_200), pieceCounters(1));

        assertThat(folder.markdown()).contains("with the large model: 20.1 s ± 1.97 % on this machine, exact (onnx speculative);"
                + " 7.06 s ± 1.97 % in mixed (onnx speculative mixed;");
    }

    @Test
    void besideTheCardsAreOnlyModelsOfThePublishedSize() {
        arms();
        String markdown = folder.markdown();
        String published = markdown.substring(markdown.indexOf("| L40S"), markdown.indexOf("Pieces with models of other sizes"));
        assertThat(published).contains("model=large backend=onnx precision=int4 decoding=speculative work=chopin, from 10 patches")
                .doesNotContain("tiny");
        assertThat(markdown.substring(markdown.indexOf("Pieces with models of other sizes"))).contains("model=tiny")
                .doesNotContain("tiny backend=onnx decoding=speculative work=chopin, from");
    }

    @Test
    void withoutAStretchBesideAWholePieceNoErrorIsClaimed() {
        stretch("large", "onnx/fp32/speculative", 2_000);
        stretch("large", "pytorch/fp32/recompute", 10_000);
        assertThat(folder.markdown()).contains("with the large model: 20.1 s on this machine, exact");
    }

    @Test
    void aLargeModelThatHasNoRoomIsNamedWithTheReason() {
        whole("tiny", "pytorch/fp32/recompute", 1050);
        folder.cell("StretchBenchmark.decode", params("large", "onnx/fp32/speculative") + ",\"patches\":\"10\"", "SKIPPED",
                "It is predicted to take 3300 MiB.");
        assertThat(folder.markdown()).contains("How long a piece takes with the large model is not known: StretchBenchmark.decode"
                + " model=large backend=onnx decoding=speculative work=chopin patches=10 ended as SKIPPED."
                + " It is predicted to take 3300 MiB.");
    }
}
