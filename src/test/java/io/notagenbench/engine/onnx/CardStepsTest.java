package io.notagenbench.engine.onnx;

import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.EngineContract;
import io.notagenbench.engine.Provider;

/** The graphs for cards that are called step by step. */
class CardStepsTest extends EngineContract {

    CardStepsTest() {
        super(new CardGraphs(Provider.CUDA), Decoding.CACHED, true);
    }
}
