package io.notagenbench.cli;

import io.notagenbench.abc.RestRestorer;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece as it is delivered, also one that went wrong.
 *
 * @param text       ABC, with its rests put back where that was asked for and can be
 * @param notes      what was left out of it, a sentence each; empty where nothing was
 * @param complaints what is wrong with it, a sentence each; empty where nothing is
 */
record FinalText(String text, List<String> notes, List<String> complaints) {

    /** @param raw whether the text is wanted as the model wrote it */
    static FinalText of(Piece piece, boolean raw) {
        List<String> notes = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        String text = piece.raw();
        if (!raw) {
            try {
                text = RestRestorer.restore(piece.music());
                if (!piece.music().equals(piece.raw())) {
                    notes.add("The piece was stopped inside a bar, which is left out: --raw has it.");
                }
            } catch (Fault e) {
                complaints.add("The rests cannot be put back, so this is the text as the model wrote it: " + e.getMessage());
            }
        }
        if (piece.outcome() != Outcome.OK) {
            complaints.add("The piece is not whole (" + piece.outcome() + "): "
                    + piece.reason().orElse("no reason given") + ".");
        }
        return new FinalText(text, List.copyOf(notes), List.copyOf(complaints));
    }
}
