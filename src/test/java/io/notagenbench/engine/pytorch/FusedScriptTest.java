package io.notagenbench.engine.pytorch;

import io.notagenbench.engine.EngineContract;
import io.notagenbench.params.Decoding;

/** A whole patch in one call of the script. */
class FusedScriptTest extends EngineContract {

    FusedScriptTest() {
        super("pytorch", Decoding.FUSED);
    }
}
