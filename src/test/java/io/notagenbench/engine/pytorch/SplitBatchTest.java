package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.BatchContract;
import io.notagenbench.engine.Device;
import io.notagenbench.params.Backend;

/** Pieces decoded together where two devices share the layers. */
class SplitBatchTest extends BatchContract {

    SplitBatchTest() {
        super(Backend.PYTORCH, Device.of("cpu+cpu"));
    }
}
