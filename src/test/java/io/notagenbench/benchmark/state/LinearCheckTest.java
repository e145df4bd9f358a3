package io.notagenbench.benchmark.state;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.LinearLayers;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import org.junit.jupiter.api.Test;

/** A product or a sum that is another gets no time. */
class LinearCheckTest {

    private static final int ROWS = 2;

    /** One block less, or the rows of another row. */
    @Test
    void refusesLayersThatWereLeftOut() {
        EngineSettings settings = EngineSettings.of(Parameters.defaults().with(Parameter.BACKEND, "onnx"));
        float[] input = new float[ROWS * 64];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) Math.sin(i);
        }
        float[] output = new float[input.length];
        try (Weights two = ModelSource.synthetic(new ModelConfig(2, 0, 64, 1));
                Weights three = ModelSource.synthetic(new ModelConfig(3, 0, 64, 1));
                LinearLayers layers = RooflineProbes.of("onnx").linearLayers(settings, two)) {
            layers.forward(input, ROWS, output);
            assertThatCode(() -> LinearCheck.require(two, Precision.FP32, input, output, 1)).doesNotThrowAnyException();
            for (Precision precision : Precision.values()) {
                assertThatThrownBy(() -> LinearCheck.require(three, precision, input, output, 1))
                        .isInstanceOf(Fault.class).hasMessageStartingWith("WRONG_OUTPUT: row 1");
            }
            assertThatThrownBy(() -> LinearCheck.require(two, Precision.INT8, output, input, 0))
                    .isInstanceOf(Fault.class).hasMessageStartingWith("WRONG_OUTPUT: row 0");
        }
    }

    @Test
    void refusesAnotherSum() {
        assertThatCode(() -> EngineBufferState.requireSum(-12, -12)).doesNotThrowAnyException();
        assertThatThrownBy(() -> EngineBufferState.requireSum(-12, -13)).isInstanceOf(Fault.class)
                .hasMessage("WRONG_OUTPUT: the buffer that is to be timed adds up to -13.0, not to -12");
    }
}
