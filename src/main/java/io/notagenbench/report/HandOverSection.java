package io.notagenbench.report;

import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.results.PieceCounters;
import java.util.List;

/** What it costs that two devices share the layers of a model. */
final class HandOverSection {

    private static final String NOTE = "Where two devices share the layers of the model, hidden states go from one to"
            + " the other once for every pass of the patch level. Both ends wait for their device, so the microseconds"
            + " are the hand-over alone. The share is of the time of the piece.";

    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;

    private HandOverSection() {
    }

    static Section of(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("hand-overs"), 3, "backend", "decoding", "settings", "hand-overs",
                "us each", "% of the time");
        run.measured().forEach((row, piece) -> {
            PieceCounters counted = piece.mean(PieceCounters.class);
            if (row.cell().shortName().equals(Measurements.PIECE) && counted.handOvers > 0) {
                table.add(piece.param("backend"), piece.param("decoding"), Settings.of(row, "backend", "decoding"),
                        counted.handOvers, MICROS * counted.handOverSeconds / counted.handOvers,
                        100 * MILLIS * counted.handOverSeconds / piece.milliseconds());
            }
        });
        return Section.of(run.id("hand-overs-between-devices"), "Hand-overs between devices",
                List.of(table.build(), new Prose(NOTE)));
    }
}
