package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.EngineContract;
import io.notagenbench.params.Decoding;

/** The kernels of the original, which {@code recompute} is run with. */
class OriginalKernelsTest extends EngineContract {

    OriginalKernelsTest() {
        super("pytorch", Decoding.RECOMPUTE);
    }
}
