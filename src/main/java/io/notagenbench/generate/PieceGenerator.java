package io.notagenbench.generate;

import io.notagenbench.decoding.PatchDecoder;

/** The generation loop (notagen.md, section 3) for one piece, patch after patch. */
public final class PieceGenerator {

    private final GenerationSettings settings;
    private final PatchDecoder decoder;
    private final PieceListener listener;
    private final DrawListener draws;

    /** Creates a generator without a listener. */
    public PieceGenerator(GenerationSettings settings, PatchDecoder decoder) {
        this(settings, decoder, PieceListener.NONE, DrawListener.NONE);
    }

    /**
     * @param decoder has room for a context of {@link GenerationSettings#patchLength} patches; is truncated, not closed
     */
    public PieceGenerator(
            GenerationSettings settings, PatchDecoder decoder, PieceListener listener, DrawListener draws) {
        this.settings = settings;
        this.decoder = decoder;
        this.listener = listener;
        this.draws = draws;
    }

    /** Writes the piece. */
    public Piece generate() {
        PieceSteps steps = new PieceSteps(settings, listener, draws);
        while (!steps.ended()) {
            steps.step(decoder);
        }
        return steps.piece();
    }
}
