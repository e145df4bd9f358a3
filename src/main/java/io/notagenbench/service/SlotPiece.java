package io.notagenbench.service;

import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.PieceSteps;
import io.notagenbench.sampling.Sampler;
import java.util.function.Consumer;

/** The piece of a flight in its slot: what is written goes to the flight, at most the characters that were asked for. */
final class SlotPiece implements PieceListener, DrawListener {

    private final Flight flight;
    private final PieceSteps steps;
    private final int most;
    /** Characters of the text that the flight has, the prompt's included. */
    private int told;

    /** The flight gets its slot now. */
    SlotPiece(Flight flight) {
        this.flight = flight;
        told = flight.order().prompt().length();
        most = flight.order().characters() == 0 ? Integer.MAX_VALUE : flight.order().characters();
        flight.enteredNow();
        steps = new PieceSteps(flight.order().piece(), this, this);
    }

    Flight flight() {
        return flight;
    }

    PieceSteps steps() {
        return steps;
    }

    @Override
    public void patchWritten(int patches, CharSequence text) {
        int end = (int) Math.min(text.length(), told + (long) most - flight.characters());
        flight.add(text.subSequence(told, end).toString());
        told = text.length();
    }

    @Override
    public void drawn(Sampler sampler, double uniform, int id) {
        flight.drawn();
    }

    @Override
    public void drawnInside(double uniform, int id) {
        flight.drawn();
    }

    /**
     * Ends the flight if its text is whole: as its piece ended, or with the characters that were asked for.
     *
     * @param counter of whole texts
     */
    boolean settle(Consumer<Flight> counter) {
        boolean enough = flight.characters() >= most;
        if (!enough && !steps.ended()) {
            return false;
        }
        steps.stop();
        Piece piece = steps.piece();
        if (piece.work().patches() == 0) {
            flight.fail(Refusal.bad("prompt", "The piece cannot begin (" + piece.outcome() + "): "
                    + piece.reason().orElse("no reason given") + "."));
        } else {
            flight.end(piece.ended() && !enough, counter);
        }
        return true;
    }
}
