package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.Backend;
import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.EngineContract;

/** A whole patch in one call of the script. */
class FusedScriptTest extends EngineContract {

    FusedScriptTest() {
        super(Backend.PYTORCH, Decoding.FUSED);
    }
}
