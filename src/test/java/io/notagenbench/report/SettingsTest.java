package io.notagenbench.report;

import static io.notagenbench.document.MarkdownRows.rows;
import static io.notagenbench.report.ResultsFolder.pieceCounters;
import static io.notagenbench.report.ResultsFolder.profiled;
import static io.notagenbench.report.ResultsFolder.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.document.Chart;
import io.notagenbench.results.ProfilerMetric;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What settings change: the window, temperature and top-k, and the trade between time, memory and loss. */
class SettingsTest extends WithResultsFolder {

    /** A piece by onnx, cached, whose other parameters are given as {@code name=value}. */
    private void piece(double milliseconds, int patches, double memory, String... settings) {
        String params = "\"backend\":\"onnx\",\"decoding\":\"cached\"" + Arrays.stream(settings)
                .map(setting -> ",\"" + setting.replace("=", "\":\"") + "\"").reduce("", String::concat);
        folder.result("FullPieceBenchmark.generate", params, time(milliseconds, milliseconds),
                Stream.concat(Arrays.stream(pieceCounters(2, counted -> counted.patches = patches)),
                        Stream.of(profiled(ProfilerMetric.RSS_PEAK, String.valueOf(memory)))).toArray(String[]::new));
    }

    @Test
    void aClaimIsHeldAgainstPairsOfSeeds() {
        double[] slower = {1, 1.1, 0.9};
        for (int seed = 0; seed < 3; seed++) {
            piece(100, 50 + 10 * seed, 10, "patchLength=64", "seed=" + seed);
            piece(50 * slower[seed], 50 + 10 * seed, 10, "patchLength=32", "seed=" + seed);
        }
        piece(70, 40, 10, "patchLength=32", "seed=9");
        String markdown = folder.markdown();
        assertThat(markdown).contains("## What the settings change",
                "**patchLength 64 to 32, of which the test says: fewer steps, about 30 % faster**");
        assertThat(rows(markdown, "setting", "patchLength", "seeds", "ms/patch", "± sd", "patches, least", "median",
                "most", "± sd (2)", "cuts", "s/piece", "± sd (3)"))
                .contains(List.of("backend=onnx decoding=cached", "64", "3", "1.67", "0.287", "50", "60", "70", "10",
                        "0", "0.100", "0"));
        assertThat(rows(markdown, "setting", "patchLength", "seeds"))
                .contains(List.of("backend=onnx decoding=cached", "32", "4"));
        // ln(0.5), ln(0.55), ln(0.45): mean -0.69650, sd 0.10039, t(2, 0.975) = 4.30265, half 0.24938
        assertThat(rows(markdown, "change", "seeds", "ms/patch %", "from", "to", "patches %", "from (2)", "to (2)",
                "s/piece %", "from (3)", "to (3)"))
                .contains(List.of("onnx cached", "3", "-50.2", "-61.2", "-36.1", "0", "0", "0", "-50.2", "-61.2",
                        "-36.1"));
    }

    @Test
    void aSeedThatWasMeasuredTwiceCountsOnceWithItsMostSamples() {
        piece(100, 50, 10, "topK=9", "seed=1");
        folder.result("FullPieceBenchmark.generate", "\"backend\":\"onnx\",\"decoding\":\"cached\",\"topK\":\"9\",\"seed\":\"1\"",
                time(80, 80, 80), Stream.concat(Arrays.stream(pieceCounters(3)),
                        Stream.of(profiled(ProfilerMetric.RSS_PEAK, "10"))).toArray(String[]::new));
        piece(40, 50, 10, "topK=15", "seed=1");
        assertThat(rows(folder.markdown(), "change", "seeds", "s/piece %", "from (3)", "to (3)"))
                .contains(List.of("onnx cached", "1", "-50", "-", "-"));
    }

    @Test
    void aValueIsANumberHoweverItIsSpelled() {
        piece(100, 50, 10, "temperature=1.2");
        piece(90, 45, 10, "temperature=1");
        assertThat(folder.markdown()).contains("temperature 1.2 to 1.0");
        assertThat(rows(folder.markdown(), "change", "seeds", "ms/patch %", "from", "to", "patches %", "from (2)",
                "to (2)", "s/piece %", "from (3)", "to (3)"))
                .contains(List.of("onnx cached", "1", "0", "-", "-", "-10", "-", "-", "-10", "-", "-"));
    }

    @Test
    void withoutBothValuesOfAClaimNothingIsSaidOfIt() {
        piece(100, 50, 10, "topK=9");
        piece(100, 50, 10, "topK=20");
        assertThat(folder.markdown()).doesNotContain("What the settings change");
    }

    @Test
    void aPieceIsShownOverItsWindow() {
        for (int window : new int[] {128, 32, 64}) {
            piece(window, 10, 10, "patchLength=" + window, "work=two-voices");
        }
        assertThat(folder.markdown()).contains("## The context window");
        assertThat(rows(folder.markdown(), "settings", "patchLength", "seeds", "s/piece", "ms/patch", "patches", "cuts",
                "mean context"))
                .contains(List.of("backend=onnx decoding=cached work=two-voices", "32", "1", "0.0320", "3.20", "10",
                        "0", "20"));
        assertThat(rows(folder.markdown(), "patchLength", "seeds", "mean context"))
                .containsExactly(List.of("32", "1", "20"),
                        List.of("64", "1", "20"),
                        List.of("128", "1", "20"));
        assertThat(folder.report().blocks(Chart.class)).filteredOn(chart -> chart.id().equals("window-chart")).singleElement()
                .satisfies(chart -> assertThat(chart.series().get(0).points()).extracting(Chart.Point::x)
                        .containsExactly(32.0, 64.0, 128.0));
    }

    @Test
    void whatAnotherSettingBeatsIsNotOnTheFront() {
        piece(100, 10, 300, "threads=1");
        piece(50, 10, 310, "threads=2");
        piece(60, 10, 320, "threads=3");
        piece(40, 10, 200, "threads=2", "precision=int8");
        assertThat(folder.markdown()).contains("## Time, memory and loss");
        assertThat(rows(folder.markdown(), "setting", "on the front", "s/piece", "MiB", "KL nats"))
                .contains(List.of("onnx cached, threads=1", "yes", "0.100", "300", "0"),
                        List.of("onnx cached, threads=2", "yes", "0.0500", "310", "0"),
                        List.of("onnx cached, threads=3", "no", "0.0600", "320", "0"),
                        List.of("onnx cached int8, threads=2", "no", "0.0400", "200", "-"));
    }
}
