package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.EngineContract;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;

class PyTorchBackendTest extends EngineContract {

    PyTorchBackendTest() {
        super(Backend.PYTORCH, Decoding.CACHED);
    }
}
