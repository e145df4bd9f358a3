package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.BatchContract;
import io.notagenbench.engine.Device;

/** Pieces decoded together where two devices share the layers. */
class SplitBatchTest extends BatchContract {

    SplitBatchTest() {
        super("pytorch", Device.of("cpu+cpu"));
    }
}
