package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.Backend;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.EngineContract;

class PyTorchBackendTest extends EngineContract {

    PyTorchBackendTest() {
        super(Backend.PYTORCH, Decoding.CACHED);
    }
}
