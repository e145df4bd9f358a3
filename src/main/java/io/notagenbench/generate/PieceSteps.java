package io.notagenbench.generate;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.decoding.BatchDecoder;
import io.notagenbench.decoding.PatchDecoder;

/** A piece that is written patch by patch, whenever it is asked for the next one. */
public final class PieceSteps {

    private final GenerationSettings settings;
    private final PieceWriter writer;

    /** Starts the clock of the piece. */
    public PieceSteps(GenerationSettings settings, PieceListener listener, DrawListener draws) {
        this.settings = settings;
        writer = new PieceWriter(settings, listener, draws);
    }

    /** Whether the piece has ended. */
    public boolean ended() {
        return writer.ended();
    }

    /** The piece, once it has ended. */
    public Piece piece() {
        return writer.piece();
    }

    /** Returns the number of complete patches in the context of the next step. */
    public int contextPatches() {
        return writer.contextPatches();
    }

    /** Returns the text so far, with its prompt. */
    public String text() {
        return writer.text();
    }

    /** Ids of all patches that were written so far, as in {@link Piece#stream}. */
    public int[] stream() {
        return writer.stream();
    }

    /**
     * Runs the patch level for the context of the next step, which then does it again for the newest patch alone.
     *
     * @param unchanged patches at the beginning of the context that the decoder has encoded already
     */
    public void encode(PatchDecoder decoder, int unchanged) {
        decoder.truncate(unchanged);
        decoder.encode(writer.context(), writer.contextPatches());
    }

    /**
     * Decodes a patch.
     *
     * @param decoder has room for a context of {@link GenerationSettings#patchLength} patches, and decoded all patches
     *                of this piece since the last {@link #skip}
     */
    public void step(PatchDecoder decoder) {
        decoder.truncate(writer.unchangedPatches());
        long start = System.nanoTime();
        decoder.encode(writer.context(), writer.contextPatches());
        writer.encoded(System.nanoTime() - start);
        writer.decided(decoder.decode(writer.patch(), writer.chosen(), writer.chooser()));
    }

    /**
     * Lets this piece be decoded together with others, instead of {@link #step}. Another decoder can go on with a piece
     * that this one has given up.
     *
     * @param decoder has room for one more piece, and for its window; its rounds write this piece until it has ended
     */
    public void enter(BatchDecoder decoder) {
        if (!writer.ended()) {
            decoder.add(writer);
        }
    }

    /**
     * Ends the piece here, as a budget of patches does. Does nothing if it has ended. Must not be called while a patch
     * is decoded.
     */
    public void stop() {
        writer.stop();
    }

    /**
     * Writes recorded patches without a model. The next step encodes the whole context.
     *
     * @param count number of patches; fewer where the piece ends before
     * @throws IllegalStateException if no trace says what they are
     */
    public void skip(int count) {
        if (settings.trace().isEmpty()) {
            throw new IllegalStateException("only recorded patches can be skipped");
        }
        float[] indifferent = new float[VOCABULARY];
        for (int patch = 0; patch < count && !writer.ended(); patch++) {
            int slot = writer.chosen();
            do {
                writer.patch()[slot] = writer.chooser().choose(indifferent, 0, slot);
            } while (writer.patch()[slot++] != EOS && slot < PATCH_SIZE);
            writer.decided(slot);
        }
    }
}
