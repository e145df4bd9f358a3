package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.Backend;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.EngineContract;

/** The kernels of the original, which {@code recompute} is run with. */
class OriginalKernelsTest extends EngineContract {

    OriginalKernelsTest() {
        super(Backend.PYTORCH, Decoding.RECOMPUTE);
    }
}
