package io.notagenbench.engine.onnx;

import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.EngineContract;

/** The graphs for cards that are called step by step. */
class CardStepsTest extends EngineContract {

    CardStepsTest() {
        super(new CardGraphs(), Decoding.CACHED, false);
    }
}
