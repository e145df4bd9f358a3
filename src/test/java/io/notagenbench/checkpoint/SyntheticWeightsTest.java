package io.notagenbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class SyntheticWeightsTest {

    private static final ModelConfig SMALL = ModelSource.config("small");

    private static float[] read(String model, TensorSpec spec) {
        FloatBuffer values = FloatBuffer.allocate((int) spec.elements());
        try (Weights weights = ModelSource.open(model)) {
            weights.read(spec, values);
        }
        assertThat(values.hasRemaining()).isFalse();
        return values.array();
    }

    @Test
    void hasTheParametersOfThePublishedSizes() {
        assertThat(ModelSource.config("small").parameters()).isEqualTo(109_579_776);
        assertThat(ModelSource.config("medium").parameters()).isEqualTo(243_677_184);
        assertThat(ModelSource.config("large").parameters()).isEqualTo(515_738_880);
        assertThat(TensorSpec.all(SMALL).stream().mapToLong(TensorSpec::elements).sum())
                .isEqualTo(109_579_776 - SMALL.hidden());
    }

    @Test
    void isSpreadAsGpt2Initialises() {
        float[] values = read("small", TensorSpec.patchBlock(SMALL, 3).get(2));
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        assertThat(sum / values.length).isCloseTo(0, offset(1e-4));
        assertThat(Math.sqrt(squares / values.length)).isCloseTo(0.02, offset(1e-4));
        assertThat(read("small", TensorSpec.patchBlock(SMALL, 3).get(0))).containsOnly(1f);
        assertThat(read("small", TensorSpec.patchBlock(SMALL, 3).get(1))).containsOnly(0f);
    }

    /** Pinned: results of two machines compare only if their weights are equal to the last bit. */
    @Test
    void isTheSameEverywhere() {
        ModelConfig large = ModelSource.config("large");
        assertThat(checksum("small", TensorSpec.charBlock(SMALL, 0).get(4))).isEqualTo(1275511078);
        assertThat(checksum("small", TensorSpec.all(SMALL).get(0))).isEqualTo(546279434);
        assertThat(checksum("large", TensorSpec.patchBlock(large, 19).get(2))).isEqualTo(-1604908177);
        assertThat(checksum("large", TensorSpec.charBlock(large, 5).get(10))).isEqualTo(-487786522);
        assertThat(checksum("large", TensorSpec.charBlock(large, 4).get(10)))
                .isNotEqualTo(checksum("large", TensorSpec.charBlock(large, 5).get(10)));
    }

    private static int checksum(String model, TensorSpec spec) {
        int hash = 1;
        for (float value : read(model, spec)) {
            hash = 31 * hash + Float.floatToIntBits(value);
        }
        return hash;
    }

    @Test
    void dividesResidualProjectionsByTheRootOfTheirNumber() {
        TensorSpec projection = TensorSpec.patchBlock(SMALL, 3).get(10);
        assertThat(projection.name()).endsWith("mlp.c_proj.weight");
        double squares = 0;
        for (float value : read("small", projection)) {
            squares += value * value;
        }
        assertThat(Math.sqrt(squares / projection.elements())).isCloseTo(0.02 / Math.sqrt(24), offset(2e-5));
    }

    @Test
    void hashesThePresetAndTheRecipe() {
        try (Weights small = ModelSource.open("small"); Weights large = ModelSource.open("large")) {
            assertThat(small.hash()).isEqualTo("8ed5063802a8b0cb254c4dfa807b05eed964bd87823652391b15aaa78b6a8dc0");
            assertThat(large.hash()).isEqualTo("298d51469851cc10cbf5f9633539ae23ee50269697ba3d5116d8f87910053f62");
        }
    }
}
