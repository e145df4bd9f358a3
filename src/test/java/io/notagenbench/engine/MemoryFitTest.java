package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryFitTest {

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 32);

    /**
     * By hand: three blocks have 3 x 12 x 128 x 128 = 589,824 linear weights, in int8 with a scale for each of
     * 3 x 9 x 128 columns, in int4 with a scale and half a byte of zero point for 32; everything else, with the head a second
     * time, is 306,816 values.
     */
    @ParameterizedTest
    @CsvSource({
        "FP32, 3586560", // 4 x (589824 + 306816)
        "FP16, 1793280",
        "BF16, 1793280",
        "INT8, 1830912", // 589824 + 4 x 3 x 1152 + 4 x 306816
        // int4 in groups of 128 on the patch level: 2 x (98304 + 4 x 1536 + 1280); columns of int8 on the other: 196608 + 4 x 1152
        "MIXED, 1639936",
        // in groups of 32, as the backend that takes more has it
        "INT4, 1605120"  // 589824 / 2 + 4 x 589824 / 32 + 589824 / 32 / 2 + 4 x 306816
    })
    void weightsFollowThePrecision(Precision precision, long bytes) {
        assertThat(MemoryFit.weightBytes(CONFIG, precision, Device.Kind.CPU)).isEqualTo(bytes);
    }

    @Test
    void cachesAndWorkspaceGrowWithWindowAndBatch() {
        MemoryFit fit = MemoryFit.of(CONFIG, Precision.FP32, 16, 3, Device.Kind.CUDA);
        // keys and values of 2 x 16 patches and 16 characters, 128 wide, 4 bytes, 3 pieces
        assertThat(fit.caches()).isEqualTo(2 * 48 * 128 * 4 * 3);
        // 13 values of 128 for each of 16 rows, and 16 x 16 scores of 2 heads
        assertThat(fit.workspace()).isEqualTo((16 * 13 * 128 + 2 * 16 * 16) * 4);
        assertThat(fit.engine()).isEqualTo(600L << 20);
        assertThat(fit.bytes()).isEqualTo(3586560 + 147456 + 108544 + 629145600);
        assertThat(MemoryFit.of(CONFIG, Precision.FP16, 16, 3, Device.Kind.CPU).caches()).isEqualTo(147456);
        // a step of 40 pieces is wider than a prefill of 16 patches
        assertThat(MemoryFit.of(CONFIG, Precision.FP32, 16, 40, Device.Kind.CPU).workspace())
                .isEqualTo((40 * 13 * 128 + 2 * 16 * 16) * 4);
    }

    /** Read of processes on a machine with two cores, in MiB: ONNX Runtime peaks while it loads, PyTorch while it runs. */
    @ParameterizedTest
    @CsvSource({
        "large, onnx, FP32, 64, 1, 3168",
        "large, pytorch, FP32, 64, 1, 2211",
        "large, onnx, INT8, 64, 1, 836",
        "large, pytorch, INT4, 64, 1, 686",
        "small, onnx, FP32, 256, 16, 787",
        "small, pytorch, FP32, 256, 1, 684",
        "small, pytorch, FP32, 256, 16, 966",
        "small, pytorch, FP32, 256, 64, 1861",
        "small, onnx, INT8, 64, 1, 420",
        "small, pytorch, INT4, 64, 1, 461",
        "tiny, pytorch, FP32, 64, 1, 352"
    })
    void noPredictionIsBelowWhatWasReadNorFarAbove(String model, String backend, Precision precision, int window, int batch,
            long peak) {
        double predicted = MemoryFit.of(ModelSource.config(model), backend, precision, window, batch, Device.Kind.CPU).bytes();
        assertThat(predicted / (1 << 20)).isBetween(0.97 * peak, 1.45 * peak);
    }

    @Test
    void onnxRuntimeHasTheMatricesOfALevelTwiceWhileItLoads() {
        // two layers of the patch level and one of the char level
        MemoryFit fit = MemoryFit.of(new ModelConfig(2, 1, 128, 16), "onnx", Precision.FP32, 16, 1, Device.Kind.CPU);
        assertThat(fit.loading()).isEqualTo(2 * (fit.weights() - fit.weights() / 3) - fit.weights());
        assertThat(fit.bytes()).isEqualTo(fit.weights() + fit.engine() + fit.loading());
        for (MemoryFit without : List.of(
                MemoryFit.of(CONFIG, "pytorch", Precision.FP32, 16, 1, Device.Kind.CPU),
                MemoryFit.of(CONFIG, "onnx", Precision.INT8, 16, 1, Device.Kind.CPU),
                MemoryFit.of(CONFIG, "onnx", Precision.FP32, 16, 1, Device.Kind.CUDA))) {
            assertThat(without.loading()).isZero();
            assertThat(without.bytes()).isEqualTo(without.weights() + without.engine() + without.caches() + without.workspace());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32, 33, 500})
    void theLargestBatchIsTheLastThatFits(int batch) {
        long room = MemoryFit.of(CONFIG, Precision.INT8, 32, batch, Device.Kind.CUDA).bytes();
        assertThat(MemoryFit.largestBatch(CONFIG, Precision.INT8, 32, Device.of("cuda"), room)).isEqualTo(batch);
        assertThat(MemoryFit.largestBatch(CONFIG, Precision.INT8, 32, Device.of("cuda"), room - 1)).isEqualTo(batch - 1);
    }

    @Test
    void eachOfTwoDevicesHoldsItsPart() {
        ModelConfig config = new ModelConfig(5, 1, 128, 32);
        List<MemoryFit> parts = MemoryFit.parts(config, Precision.FP32, 16, 1, Device.of("cuda:0+cuda:1"));
        MemoryFit whole = MemoryFit.of(config, Precision.FP32, 16, 1, Device.Kind.CUDA);
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).weights() + parts.get(1).weights()).isEqualTo(whole.weights());
        assertThat(parts.get(0).caches() + parts.get(1).caches()).isEqualTo(whole.caches());
        // three of five layers, and their keys and values
        assertThat(parts.get(0).caches()).isEqualTo(2 * 3 * 16 * 128 * 4);
        assertThat(parts).allMatch(part -> part.engine() == MemoryFit.CUDA_ENGINE_BYTES);
        long room = parts.stream().mapToLong(MemoryFit::bytes).max().orElseThrow();
        assertThat(MemoryFit.largestBatch(config, Precision.FP32, 16, Device.of("cuda:0+cuda:1"), room)).isEqualTo(1);
        assertThat(MemoryFit.largestBatch(config, Precision.FP32, 16, Device.of("cuda:0+cuda:1"), room - 1)).isZero();
        assertThat(MemoryFit.largestBatch(config, Precision.FP32, 16, Device.of("cuda:0+cuda:0"), whole.bytes()))
                .as("one card with both parts has to hold the whole").isEqualTo(1);
    }

    @Test
    void aCardWithBothPartsHasOneEngine() {
        ModelConfig config = new ModelConfig(5, 1, 128, 32);
        EngineSettings both = new EngineSettings("pytorch", Device.of("cuda:1+cuda:1"), Precision.FP32, Decoding.CACHED, 1);
        MemoryFit whole = MemoryFit.of(config, Precision.FP32, 32, 1, Device.Kind.CUDA);
        assertThat(ModelOnDevice.needs(both, config)).containsExactlyEntriesOf(Map.of(1, whole));
    }

    @Test
    void whereTheWeightsDoNotFitNoPieceDoes() {
        assertThat(MemoryFit.largestBatch(CONFIG, Precision.INT8, 32, Device.of("cuda"), 1 << 20)).isZero();
    }

    @Test
    void thePublishedLargeModelTakesTwoGigabytesInFp32() {
        ModelConfig large = new ModelConfig(20, 6, 1280, 1024);
        // every published parameter, the head a second time, and not the dead token embedding of the patch level
        assertThat(MemoryFit.weightBytes(large, Precision.FP32, Device.Kind.CPU)).isEqualTo(4 * (large.parameters() - 1280 + 128 * 1280));
    }
}
