package io.notagenbench.decoding;

import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.params.Decoding;
import java.util.List;

/** Opens the decoder of a {@link Decoding} on a model. */
public final class PatchDecoders {

    private PatchDecoders() {
    }

    /** Opens a decoder that takes no drafts from other pieces. */
    public static PatchDecoder open(Decoding decoding, NotaGenModel model, int window) {
        return open(decoding, model, window, List.of());
    }

    /**
     * @param model  the loaded model
     * @param window context window in patches, 1 to the rows of the model
     * @param known  other pieces that drafts may be taken from, as streams of ids; only {@code speculative} reads them
     */
    public static PatchDecoder open(Decoding decoding, NotaGenModel model, int window, List<int[]> known) {
        EngineSession session = model.newSession(window);
        return switch (decoding) {
            case RECOMPUTE -> new RecomputeDecoder(session);
            case CACHED -> new CachedDecoder(session);
            case FUSED -> new FusedDecoder(session);
            case SPECULATIVE -> new SpeculativeDecoder(session, window, new Drafter(known));
        };
    }
}
