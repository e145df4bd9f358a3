package io.notagenbench.engine.onnx;

import io.notagenbench.engine.BatchContract;
import io.notagenbench.params.Backend;

class OnnxBatchTest extends BatchContract {

    OnnxBatchTest() {
        super(Backend.ONNX);
    }
}
