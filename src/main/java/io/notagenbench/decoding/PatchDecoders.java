package io.notagenbench.decoding;

import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.NotaGenModel;

/** Opens the decoder of a {@link Decoding} on a model. */
public final class PatchDecoders {

    private PatchDecoders() {
    }

    /**
     * @param model  the loaded model
     * @param window context window in patches, 1 to the rows of the model
     */
    public static PatchDecoder open(Decoding decoding, NotaGenModel model, int window) {
        return switch (decoding) {
            case RECOMPUTE -> new RecomputeDecoder(model.newSession(window));
            case CACHED -> new CachedDecoder(model.newSession(window));
        };
    }
}
