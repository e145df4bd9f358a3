package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.BatchContract;

class PyTorchBatchTest extends BatchContract {

    PyTorchBatchTest() {
        super("pytorch");
    }
}
