package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.EngineContract;
import io.notagenbench.params.Decoding;

class PyTorchBackendTest extends EngineContract {

    PyTorchBackendTest() {
        super("pytorch", Decoding.CACHED);
    }
}
