package io.notagenbench.engine.onnx;

import io.notagenbench.engine.EngineContract;
import io.notagenbench.params.Decoding;

class OnnxBackendTest extends EngineContract {

    OnnxBackendTest() {
        super("onnx", Decoding.CACHED);
    }
}
