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
        assertThat(TensorSpec.all(SMALL).stream().mapToLong(TensorSpec::elements).sum()).isEqualTo(109_579_776 - SMALL.hidden());
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

    @Test
    void isTheSameEverywhere() {
        TensorSpec spec = TensorSpec.charBlock(SMALL, 0).get(4);
        int hash = 1;
        for (float value : read("small", spec)) {
            hash = 31 * hash + Float.floatToIntBits(value);
        }
        assertThat(hash).isEqualTo(1275511078);
        assertThat(read("small", TensorSpec.charBlock(SMALL, 1).get(4))).isNotEqualTo(read("small", spec));
    }
}
