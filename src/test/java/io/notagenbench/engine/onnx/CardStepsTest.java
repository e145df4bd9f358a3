package io.notagenbench.engine.onnx;

import io.notagenbench.engine.EngineContract;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.ExecutionProvider;

/** The graphs for cards that are called step by step. */
class CardStepsTest extends EngineContract {

    CardStepsTest() {
        super(new CardGraphs(ExecutionProvider.CUDA), Decoding.CACHED, true);
    }
}
