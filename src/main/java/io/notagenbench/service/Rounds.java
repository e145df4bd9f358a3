package io.notagenbench.service;

import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.PieceSteps;
import java.util.Optional;

/** Decodes pieces that come and go, a patch of each in every round: together, or the only one there is. */
interface Rounds extends AutoCloseable {

    CharWork.Drafts NO_DRAFTS = new CharWork.Drafts(0, 0);

    boolean hasRoom();

    /** Takes one more piece; {@link #hasRoom} must be true. */
    void enter(PieceSteps piece);

    /** Decodes one patch of each piece that has not ended. */
    void decode();

    /** Drafts of characters so far; none where the decoding makes none. */
    default CharWork.Drafts drafts() {
        return NO_DRAFTS;
    }

    @Override
    void close();

    /** @param window of the largest piece, in patches */
    static Rounds open(NotaGenModel model, int slots, int window) {
        return slots > 1 ? new Together(BatchDecoder.open(model, slots, window))
                : new Single(PatchDecoders.open(model.settings().decoding(), model, window, KnownPieces.besides(Optional.empty())));
    }

    /** Pieces whose rows share one reading of the weights. */
    record Together(BatchDecoder decoder) implements Rounds {

        @Override
        public boolean hasRoom() {
            return decoder.hasRoom();
        }

        @Override
        public void enter(PieceSteps piece) {
            piece.enter(decoder);
        }

        @Override
        public void decode() {
            decoder.round();
        }

        @Override
        public void close() {
            decoder.close();
        }
    }

    /** One piece after the other, in any decoding. */
    final class Single implements Rounds {

        private final PatchDecoder decoder;
        private Optional<PieceSteps> piece = Optional.empty();

        Single(PatchDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public boolean hasRoom() {
            return piece.map(PieceSteps::ended).orElse(true);
        }

        @Override
        public void enter(PieceSteps next) {
            decoder.truncate(0);
            piece = Optional.of(next);
        }

        @Override
        public void decode() {
            piece.filter(current -> !current.ended()).ifPresent(current -> current.step(decoder));
        }

        @Override
        public CharWork.Drafts drafts() {
            CharWork work = decoder.work();
            return new CharWork.Drafts(work.drafted(), work.accepted());
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
