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
        return open(decoding, model, window, new DraftMemory(known));
    }

    /**
     * Opens a decoder that goes on with a piece.
     *
     * @param memory of the piece so far; only {@code speculative} reads it
     */
    public static PatchDecoder open(Decoding decoding, NotaGenModel model, int window, DraftMemory memory) {
        EngineSession session = model.newSession(window);
        return switch (decoding) {
            case RECOMPUTE -> new RecomputeDecoder(session);
            case CACHED -> new CachedDecoder(session);
            case FUSED -> new FusedDecoder(session);
            case SPECULATIVE -> new SpeculativeDecoder(session, window, memory);
        };
    }

    /**
     * Opens a {@code speculative} decoder of recorded text that runs no model: what it counts are the passes that the decoder of a
     * model makes, as far as they do not depend on what rows cost on a machine.
     */
    public static PatchDecoder withoutModel(int window, DraftMemory memory) {
        return new SpeculativeDecoder(new BlankSession(), window, memory, () -> 0);
    }
}
