package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.engine.BatchSession;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.engine.NotaGenModel;
import java.util.ArrayList;
import java.util.List;

/**
 * As {@code cached}, for several pieces together: weights that are read once serve all of them. A round decodes one
 * patch of each piece: one patch-level step with the newest patch of all, then one char-level step for each place of a
 * patch, with those pieces whose patch has not ended. A piece that has ended makes room for another before the next
 * round. Used by one thread at a time.
 */
public final class BatchDecoder implements AutoCloseable {

    private final BatchSession session;
    /** By slot: those that are written, and those that have ended since the last round. */
    private final List<UnfinishedPiece> pieces = new ArrayList<>();
    private final int[] cachedPatches;
    private final int[] newestPatches;
    private final int[] positions;
    private final int[] slotOfRow;
    private final int[] newestChars;
    private final float[] logits;
    private BatchWork work = BatchWork.NONE;

    private BatchDecoder(BatchSession session) {
        this.session = session;
        int slots = session.slots();
        cachedPatches = new int[slots];
        newestPatches = new int[slots * PATCH_SIZE];
        positions = new int[slots];
        slotOfRow = new int[slots];
        newestChars = new int[slots];
        logits = new float[slots * VOCABULARY];
    }

    /**
     * @param model  loaded for {@code decoding=cached}
     * @param slots  the most pieces at once
     * @param window context window in patches, at least that of each piece
     * @throws io.notagenbench.fault.Fault (usage) if the model decodes one piece at a time
     */
    public static BatchDecoder open(NotaGenModel model, int slots, int window) {
        return new BatchDecoder(model.newBatch(slots, window));
    }

    /** Whether one more piece can be taken. */
    public boolean hasRoom() {
        return pieces.size() < session.slots() || firstEnded() < pieces.size();
    }

    /** Takes one more piece; {@link #hasRoom} must be true. */
    public void add(UnfinishedPiece piece) {
        int slot = firstEnded();
        if (slot < pieces.size()) {
            pieces.set(slot, piece);
        } else {
            pieces.add(piece);
        }
        cachedPatches[slot] = 0;
    }

    private int firstEnded() {
        int slot = 0;
        while (slot < pieces.size() && !pieces.get(slot).ended()) {
            slot++;
        }
        return slot;
    }

    /**
     * Decodes one patch of each piece.
     *
     * @return the number of pieces; 0 where all have ended and there was nothing to do
     */
    public int round() {
        closeRanks();
        int rows = pieces.size();
        if (rows > 0) {
            encode(rows);
            decode(rows);
        }
        return rows;
    }

    /** Moves the last pieces to the slots of those that have ended. */
    private void closeRanks() {
        for (int slot = firstEnded(); slot < pieces.size(); slot = firstEnded()) {
            int last = pieces.size() - 1;
            UnfinishedPiece piece = pieces.remove(last);
            if (!piece.ended()) {
                pieces.set(slot, piece);
                cachedPatches[slot] = cachedPatches[last];
                session.movePiece(last, slot);
            }
        }
    }

    /**
     * Patch level: prefills each new context by itself, up to its newest patch; the newest patches of all pieces run
     * together.
     */
    private void encode(int rows) {
        for (int slot = 0; slot < rows; slot++) {
            UnfinishedPiece piece = pieces.get(slot);
            int newest = piece.contextPatches() - 1;
            int cached = Math.min(cachedPatches[slot], piece.unchangedPatches());
            if (cached < newest) {
                session.prefill(slot, piece.context(), cached * PATCH_SIZE, cached, newest - cached);
            }
            cachedPatches[slot] = newest + 1;
            positions[slot] = newest;
            System.arraycopy(piece.context(), newest * PATCH_SIZE, newestPatches, slot * PATCH_SIZE, PATCH_SIZE);
        }
        session.stepPatches(rows, newestPatches, positions);
        work = work.patches(rows);
    }

    /** Char level: moves the last row to the place of one whose patch has ended. */
    private void decode(int rows) {
        for (int row = 0; row < rows; row++) {
            slotOfRow[row] = row;
        }
        int unfinished = rows;
        for (int place = 0; unfinished > 0; place++) {
            for (int row = 0; row < unfinished && place > 0; row++) {
                newestChars[row] = pieces.get(slotOfRow[row]).patch()[place - 1];
            }
            session.stepChars(unfinished, newestChars, place, logits);
            work = work.chars(unfinished);
            // from the last row on: what moves has been looked at
            for (int row = unfinished - 1; row >= 0; row--) {
                if (endsPatch(pieces.get(slotOfRow[row]), row, place)) {
                    unfinished--;
                    if (row < unfinished) {
                        slotOfRow[row] = slotOfRow[unfinished];
                        session.moveChars(unfinished, row);
                    }
                }
            }
        }
    }

    /** Decides one character of a piece, unless it is given. */
    private boolean endsPatch(UnfinishedPiece piece, int row, int place) {
        if (place < piece.chosen()) {
            return false;
        }
        piece.patch()[place] = piece.chooser().choose(logits, row * VOCABULARY, place);
        if (piece.patch()[place] != EOS && place < PATCH_SIZE - 1) {
            return false;
        }
        piece.decided(place + 1);
        return true;
    }

    /** Returns the work done so far. */
    public BatchWork work() {
        return work;
    }

    /** What went from device to device so far; none where one device holds the whole model. */
    public HandOvers handOvers() {
        return session.handOvers();
    }

    @Override
    public void close() {
        session.close();
    }
}
