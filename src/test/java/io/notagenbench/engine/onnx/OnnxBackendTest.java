package io.notagenbench.engine.onnx;

import io.notagenbench.engine.Backend;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.EngineContract;

class OnnxBackendTest extends EngineContract {

    OnnxBackendTest() {
        super(Backend.ONNX, Decoding.CACHED);
    }
}
