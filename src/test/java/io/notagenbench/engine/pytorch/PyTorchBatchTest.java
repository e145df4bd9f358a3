package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.BatchContract;
import io.notagenbench.params.Backend;

class PyTorchBatchTest extends BatchContract {

    PyTorchBatchTest() {
        super(Backend.PYTORCH);
    }
}
