package io.notagenbench.arms;

import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.PieceListener;

/**
 * An arm with a model in memory.
 *
 * @param arm   the arm
 * @param model what it runs; {@link LoadedModels} closes it
 */
record LoadedArm(Arm arm, NotaGenModel model) {

    /**
     * Writes a piece. A speculative decoder takes no drafts from other pieces: one that it wrote before, or a shipped
     * trace, could be this very piece.
     */
    Piece write(GenerationSettings settings, DrawListener draws) {
        try (PatchDecoder decoder = PatchDecoders.open(arm.decoding(), model, settings.patchLength())) {
            return new PieceGenerator(settings, decoder, PieceListener.NONE, draws).generate();
        }
    }
}
