package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;
import io.notagenbench.params.Precision;
import org.junit.jupiter.api.Test;

/** The graph for cards of a whole patch, whose keys and values go from step to step inside it. */
class CardPatchTest extends EngineContract {

    CardPatchTest() {
        super(new CardGraphs(ExecutionProvider.CUDA), Decoding.FUSED, false);
    }

    @Test
    void cardsAreNotRefused() {
        EngineSettings card = new EngineSettings("onnx", Device.of("cuda"), Precision.FP32, Decoding.FUSED, 1);
        assertThat(BackendProvider.of("onnx").refusal(card)).isEmpty();
    }
}
