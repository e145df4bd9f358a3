package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.params.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassCostTest {

    private static final double GIGA = 1e9;

    /** H = 128, so that a block has 12 x 16,384 = 196,608 linear weights and 13 x 128 = 1,664 other values. */
    private static final ModelConfig SMALL = new ModelConfig(2, 1, 128, 32);

    private static PassCost large(Precision precision) {
        return new PassCost(ModelSource.config("large"), WeightFormat.of("onnx", precision, Device.Kind.CPU));
    }

    /** By hand, for three patches behind five: two blocks; 3 x 17 + 1 + 2 = 54 vectors of embedding and final norm. */
    @Test
    void aPatchPassByHand() {
        DecodeCost cost = new PassCost(SMALL, WeightFormat.of("onnx", Precision.FP32, Device.Kind.CPU)).patches(3, 5);
        assertThat(cost.passes()).isEqualTo(1);
        assertThat(cost.blocks()).isEqualTo(SMALL.patchLayers());
        assertThat(cost.weightBytes()).isEqualTo(4 * (2 * (196_608 + 1_664) + 54 * 128));
        // keys and values of eight patches in two blocks
        assertThat(cost.cacheBytes()).isEqualTo(2 * 2 * 8 * 128 * 4);
        // rows see 6, 7 and 8 patches: 21 pairs of 4 x 128 operations
        assertThat(cost.operations()).isEqualTo(2 * (2 * 196_608 * 3 + 21 * 4 * 128));
        assertThat(cost.bytes()).isEqualTo(1_613_824 + 16_384);
    }

    /** One block; 2 + 2 + 128 vectors of embedding, final norm and head. */
    @Test
    void aCharPassByHand() {
        DecodeCost cost = new PassCost(SMALL, WeightFormat.of("onnx", Precision.FP32, Device.Kind.CPU)).chars(1, 4);
        assertThat(cost.weightBytes()).isEqualTo(4 * (196_608 + 1_664 + 132 * 128));
        assertThat(cost.cacheBytes()).isEqualTo(2 * 5 * 128 * 4);
        assertThat(cost.operations()).isEqualTo(2 * 196_608 + 5 * 4 * 128 + 2 * 128 * 128);
    }

    /** The linear layers alone follow the precision; in int8 and mixed each of 9 x 128 columns has a scale, in int4 128 weights
     * share one, and the zero points of an output begin with a byte: 98304 + 4 x 1536 + 1280. */
    @ParameterizedTest
    @CsvSource({"FP32, 786432", "BF16, 393216", "FP16, 393216", "INT8, 201216", "INT4, 105728", "MIXED, 201216"})
    void weightsFollowThePrecision(Precision precision, long linear) {
        assertThat(new PassCost(SMALL, WeightFormat.of("onnx", precision, Device.Kind.CPU)).chars(1, 0).weightBytes()).isEqualTo(linear + 4 * (1_664 + 132 * 128));
        assertThat(new PassCost(SMALL, WeightFormat.of("onnx", precision, Device.Kind.CPU)).chars(1, 0).operations())
                .isEqualTo(new PassCost(SMALL, WeightFormat.of("onnx", Precision.FP32, Device.Kind.CPU)).chars(1, 0).operations());
    }

    /** A pass over everything reads every tensor, but for rows of tables that it does not ask for. */
    @Test
    void aPassReadsEveryTensorOfItsLevel() {
        ModelConfig tiny = ModelSource.config(ModelSource.TINY);
        double all = TensorSpec.all(tiny).stream().mapToLong(TensorSpec::elements).sum() * 4.0;
        double tables = 4.0 * tiny.hidden() * (2048 + tiny.rows() + 17);
        PassCost pass = new PassCost(tiny, WeightFormat.of("onnx", Precision.FP32, Device.Kind.CPU));
        DecodeCost both = pass.patches(1, 0).plus(pass.chars(1, 0));
        // 16 columns and a position; a character and a position, the character's row besides the head
        double rows = 4.0 * tiny.hidden() * (17 + 2);
        assertThat(both.weightBytes()).isEqualTo(all - tables + rows);
    }

    /**
     * The cost model of notagen.md, section 6, for large: 1.59 GB and 0.9 GFLOP a cached patch step at 1,024, 0.473 GB a
     * char step, 3.8 GFLOP and 7.57 GB for sixteen; recomputed, 51 + 32 GFLOP at 64. It counts the embedding as a matrix
     * product and the masked half of attention, too.
     */
    @Test
    void largeCostsWhatIsKnownOfIt() {
        PassCost large = large(Precision.FP32);
        assertThat(large.patches(1, 1023).weightBytes() / GIGA).isEqualTo(1.575, within(0.016));
        assertThat(large.patches(1, 1023).operations() / GIGA).isEqualTo(0.9, within(0.02));
        assertThat(large.patches(1, 1023).cacheBytes() / 1024).isEqualTo(204_800);
        DecodeCost patch = DecodeCost.NOTHING;
        DecodeCost recomputed = patch;
        for (int slot = 0; slot < 16; slot++) {
            patch = patch.plus(large.chars(1, slot));
            recomputed = recomputed.plus(large.chars(slot + 1, 0));
        }
        assertThat(patch.weightBytes() / GIGA).isEqualTo(7.57, within(0.01));
        assertThat(patch.operations() / GIGA).isEqualTo(3.8, within(0.05));
        assertThat(recomputed.weightBytes() / GIGA).isEqualTo(7.57, within(0.01));
        assertThat(recomputed.operations() / GIGA).isEqualTo(32, within(0.5));
        assertThat(large.patches(64, 0).operations() / GIGA).isEqualTo(51, within(0.5));
        assertThat(large.patches(512, 0).operations() / GIGA).isEqualTo(418, within(2.0));
    }

    @Test
    void int8OfLargeReadsLittleMoreThanAQuarter() {
        double share = large(Precision.INT8).chars(1, 0).weightBytes() / large(Precision.FP32).chars(1, 0).weightBytes();
        assertThat(share).isBetween(0.25, 0.255);
    }

    @Test
    void costsAddUp() {
        DecodeCost sum = new DecodeCost(1, 2, 3, 4, 5).times(10).plus(new DecodeCost(4, 5, 6, 7, 8));
        assertThat(sum).isEqualTo(new DecodeCost(14, 25, 36, 47, 58));
    }
}
