package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.engine.RandomWeights;
import io.notagenbench.engine.onnx.graph.DrawGraph;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import io.notagenbench.sampling.SamplerSettings;
import org.junit.jupiter.api.Test;

/** A whole patch in a Loop, whose one step is the graph of all other calls. */
class PatchLoopTest extends EngineContract {

    PatchLoopTest() {
        super("onnx", Decoding.FUSED);
    }

    @Test
    void aTopPThatReachesBeyondTopKIsRefused() {
        PatchDraws draws = new PatchDraws(new SamplerSettings(9, 0.9999999999999, 1), new double[16], new int[16]);
        try (NotaGenModel model = provider().open(settings(1), new RandomWeights(new ModelConfig(1, 1, 64, 4)));
                EngineSession session = model.newSession(4)) {
            session.forwardPatches(new int[16], 0, 0, 1);
            assertThatThrownBy(() -> session.decodePatch(new int[16], 0, draws, new int[16])).isInstanceOf(Fault.class)
                    .hasMessageContaining("topP=0.9999999999999").hasMessageContaining("topK=9").hasMessageContaining("choose");
        }
        assertThat(DrawGraph.nucleusIsKept(new SamplerSettings(9, 0.9999, 1))).isTrue();
        assertThat(DrawGraph.nucleusIsKept(new SamplerSettings(0, 0.9999999999999, 1))).isTrue();
    }
}
