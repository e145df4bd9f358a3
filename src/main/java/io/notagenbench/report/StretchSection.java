package io.notagenbench.report;

import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.StretchCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a stretch of a piece becomes a piece, and how far that is off where the whole piece was written, too. */
final class StretchSection {

    private static final String NOTE = "A few patches in a row out of the middle of the piece were decoded, whose context and"
            + " characters are in the mean as near to those of the whole piece as possible, and so are the passes of the char level for"
            + " a patch that drafts leave, which are counted without a model. The value of the stretch is before the slash, that of the"
            + " piece behind it. The piece is its calls of the model times ms a call, and the patches that its stream cuts encode"
            + " anew times new patch ms. Where an arm also wrote the whole piece, the closure is the piece as the stretch has it, as a"
            + " percentage of the piece as it was written. Other rows have that of the arm nearest to them, of the same model where"
            + " there is one. ± is half the 95 % interval of the samples plus the distance of the closure from 100 %.";

    private StretchSection() {
    }

    static Section of(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("stretches"), 3, "backend", "decoding", "settings", "patches", "context",
                "chars a patch", "char passes", "ms a call", "new patch ms", "n", "s/piece", "± s", "closure %");
        for (CellRow row : run.rowsOf(Measurements.STRETCH)) {
            List<Object> cells = new ArrayList<>(List.of(row.params().getOrDefault("backend", "-"),
                    row.params().getOrDefault("decoding", "-"), Settings.of(row, "backend", "decoding", Parameter.PATCHES.label())));
            cells.addAll(run.measurement(row).map(measured -> new PieceResult(run, row, measured))
                    .flatMap(piece -> piece.projection().map(projection -> cells(piece, projection)))
                    .orElse(Collections.nCopies(10, TableCell.NONE)));
            table.add(false, cells);
        }
        return Section.of(run.id("from-a-stretch-to-a-piece"), "From a stretch to a piece", List.of(table.build(), new Prose(NOTE)));
    }

    private static List<TableCell> cells(PieceResult piece, Projection projection) {
        StretchCounters counted = projection.counted();
        return List.of(beside(counted.steps, counted.pieceCalls),
                beside(counted.contextPatches / counted.steps, counted.pieceContextPatches / counted.pieceCalls),
                beside(counted.chars / counted.steps, counted.pieceChars / counted.pieceCalls),
                piece.value(Parameter.DECODING).equals(Decoding.SPECULATIVE.label()) && Double.isFinite(counted.charPasses)
                        ? beside(counted.charPasses / counted.steps, counted.pieceCharPasses / counted.pieceCalls) : TableCell.NONE,
                TableCell.of(projection.callMilliseconds()),
                counted.firstSeconds == 0 ? TableCell.NONE : TableCell.of(projection.newPatchMilliseconds()),
                TableCell.of(piece.measurement().samples()), TableCell.of(piece.seconds()),
                piece.error().isPresent() ? TableCell.of(piece.error().getAsDouble() * piece.seconds()) : TableCell.NONE,
                TableCell.of(piece.closure()));
    }

    private static TableCell beside(double stretch, double piece) {
        return TableCell.of(TableCell.number(stretch) + " / " + TableCell.number(piece));
    }
}
