package io.notagenbench.cli;

import io.notagenbench.abc.RestRestorer;
import io.notagenbench.abc.WholeBars;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece as it is delivered, also one that went wrong.
 *
 * @param text       ABC, with its rests put back where that was asked for and is possible
 * @param cut        whether a bar is left out of it, inside which the piece was stopped
 * @param complaints what is wrong with it, a sentence each; empty where nothing is
 */
record DeliveredText(String text, boolean cut, List<String> complaints) {

    /** @param raw whether the text is wanted as the model wrote it */
    static DeliveredText of(Piece piece, boolean raw) {
        DeliveredText music = of(piece.raw(), raw ? piece.raw() : piece.music(), raw);
        List<String> complaints = new ArrayList<>(music.complaints());
        if (piece.outcome() != Outcome.OK) {
            complaints.add("The piece is not whole (" + piece.outcome() + "): "
                    + piece.reason().orElse("no reason given") + ".");
        }
        return new DeliveredText(music.text(), music.cut(), List.copyOf(complaints));
    }

    /**
     * Returns what to deliver of a piece that has not ended: its whole bars, or with {@code raw} all of it as the model
     * wrote it.
     */
    static DeliveredText stopped(String text, boolean raw) {
        return of(text, raw ? text : WholeBars.of(text), raw);
    }

    private static DeliveredText of(String whole, String music, boolean raw) {
        if (raw) {
            return new DeliveredText(whole, false, List.of());
        }
        try {
            return new DeliveredText(RestRestorer.restore(music), !music.equals(whole), List.of());
        } catch (Fault e) {
            return new DeliveredText(whole, false,
                    List.of("The rests cannot be put back, so this is the text as the model wrote it: " + e.getMessage()));
        }
    }

    /** Returns what a person should know about the text, a sentence each. */
    List<String> notes() {
        return cut ? List.of("The piece was stopped inside a bar, which is left out: --raw has it.") : List.of();
    }
}
