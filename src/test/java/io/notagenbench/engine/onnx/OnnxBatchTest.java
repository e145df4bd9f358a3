package io.notagenbench.engine.onnx;

import io.notagenbench.engine.BatchContract;

class OnnxBatchTest extends BatchContract {

    OnnxBatchTest() {
        super("onnx");
    }
}
