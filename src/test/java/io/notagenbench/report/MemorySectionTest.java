package io.notagenbench.report;

import static io.notagenbench.document.MarkdownRows.rows;
import static io.notagenbench.report.ResultsFolder.profiled;
import static io.notagenbench.report.ResultsFolder.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.document.TableCell;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.MemoryFit;
import io.notagenbench.params.Precision;
import io.notagenbench.results.ProfilerMetric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was predicted stands beside what was measured. */
class MemorySectionTest extends WithResultsFolder {

    private static final double MIB = 1 << 20;

    private static String params(String model, String more) {
        return "\"backend\":\"onnx\",\"decoding\":\"cached\",\"model\":\"" + model + "\"" + more;
    }

    private void cell(String params, String loading, String peak) {
        folder.result("ForwardPassBenchmark.charStep", params, time(5, 5), profiled(ProfilerMetric.RSS_WEIGHTS, "12,12"),
                profiled(ProfilerMetric.RSS_LOADED, "148,150"), profiled(ProfilerMetric.RSS_LOADING_PEAK, loading), profiled(ProfilerMetric.RSS_PEAK, peak));
    }

    @Test
    void theLargerPeakIsHeldAgainstThePredictionOfTheSameSettings() {
        cell(params("small", ",\"precision\":\"int8\",\"batch\":\"4\",\"patchLength\":\"128\""), "300,300", "500,700");
        cell(params("tiny", ""), "320,300", "280,290");
        double small = MemoryFit.of(ModelSource.config("small"), "onnx", Precision.INT8, 128, 4, Device.Kind.CPU).bytes() / MIB;
        double tiny = MemoryFit.of(ModelSource.config("tiny"), "onnx", Precision.FP32, 1, 1, Device.Kind.CPU).bytes() / MIB;
        assertThat(small).isGreaterThan(tiny);
        assertThat(rows(folder.markdown(), "peak loading", "peak", "predicted", "% of predicted"))
                .contains(List.of("300", "700", TableCell.number(small), TableCell.number(100 * 700 / small)),
                        List.of("320", "290", TableCell.number(tiny), TableCell.number(100 * 320 / tiny)));
    }

    @Test
    void aCardIsHeldAgainstItsOwnPrediction() {
        folder.result("FullPieceBenchmark.generate", params("large", ",\"device\":\"cuda\""), time(5, 5),
                profiled(ProfilerMetric.VRAM_PROCESS, "2400,2500"), profiled(ProfilerMetric.VRAM_ADDED, "9000,9000"), profiled(ProfilerMetric.VRAM_PREDICTED, "2000,2000"));
        assertThat(folder.markdown()).contains("Memory of the card");
        assertThat(rows(folder.markdown(), "peak", "predicted", "% of predicted"))
                .contains(List.of("2500", "2000", "125"));
    }

    @Test
    void aModelThatIsNoLongerThereIsNotPredicted() {
        cell(params("/nowhere/gone.pth", ""), "300,300", "500,700");
        assertThat(rows(folder.markdown(), "peak loading", "peak", "predicted", "% of predicted"))
                .contains(List.of("300", "700", "-", "-"));
    }
}
