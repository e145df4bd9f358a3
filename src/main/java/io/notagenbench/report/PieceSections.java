package io.notagenbench.report;

import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.PieceCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A whole piece: its time, the stages that explain it, and what is in it. */
final class PieceSections {

    private static final String TIME_NOTE = "Times are means; ± is half of JMH's 99.9% confidence interval; n is the"
            + " number of pieces measured. Patch level and char level are in milliseconds a patch: the stages measured"
            + " alone, times their counts. The closure is their sum as a percentage of the measured piece.";
    private static final String CONTENT_NOTE = "Music is the playing time in seconds. The first patch and the first"
            + " bar are timed from the prompt. Run again are the patches of the context that were computed again after"
            + " a stream cut, and cut ms is the time for it. All are means over the pieces measured.";

    private PieceSections() {
    }

    /** One row for each piece of the plan, also where it has no time. */
    static Section times(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("pieces"), 3, "backend", "decoding", "settings", "s/piece", "± s", "n",
                "patch level ms", "char level ms", "speed-up", "closure %");
        for (CellRow row : run.rowsOf(Measurements.PIECE)) {
            List<Object> cells = new ArrayList<>(List.of(row.params().getOrDefault("backend", "-"),
                    row.params().getOrDefault("decoding", "-"), Settings.of(row, "backend", "decoding")));
            cells.addAll(run.measurement(row).map(piece -> time(run.measurements(), piece))
                    .orElse(Collections.nCopies(7, TableCell.NONE)));
            table.add(false, cells);
        }
        return Section.of(run.id("a-whole-piece"), "A whole piece",
                List.of(stack(run), table.build(), new Prose(TIME_NOTE)));
    }

    private static List<TableCell> time(Measurements measurements, Measurement piece) {
        double milliseconds = piece.milliseconds();
        double calls = piece.mean(PieceCounters.class).calls;
        Optional<Closure> closure = measurements.closure(piece);
        return List.of(TableCell.of(milliseconds / 1e3), TableCell.of(piece.errorMilliseconds() / 1e3), TableCell.of(piece.samples()),
                closure.map(sum -> TableCell.of(sum.patchLevel() / calls)).orElse(TableCell.NONE),
                closure.map(sum -> TableCell.of(sum.charLevel() / calls)).orElse(TableCell.NONE),
                measurements.baseline(piece).map(base -> TableCell.of(base.milliseconds() / milliseconds)).orElse(TableCell.NONE),
                closure.map(sum -> TableCell.of(sum.percent(milliseconds))).orElse(TableCell.NONE));
    }

    /** The pieces whose stages were measured, as the stages and what they do not explain. */
    private static Chart stack(RunResults run) {
        List<String> names = new ArrayList<>();
        List<Chart.Point> patchLevel = new ArrayList<>();
        List<Chart.Point> charLevel = new ArrayList<>();
        List<Chart.Point> rest = new ArrayList<>();
        Measurements measurements = run.measurements();
        PieceResult.byQuestion(PieceResult.of(run)).values().stream().flatMap(List::stream).forEach(result ->
                measurements.closure(result.measurement()).ifPresent(closure -> {
                    double calls = result.counted().calls;
                    names.add(result.arm());
                    patchLevel.add(new Chart.Point(closure.patchLevel() / calls, 0, ""));
                    charLevel.add(new Chart.Point(closure.charLevel() / calls, 0, ""));
                    rest.add(new Chart.Point((result.measurement().milliseconds() - closure.predicted()) / calls, 0, ""));
                }));
        return new Chart(run.id("stage-stack"), "Where the time of a patch goes", Chart.Kind.BARS, Chart.Axis.of("ms a patch"),
                Chart.Axis.of(""), names, List.of(new Chart.Series("patch level", false, patchLevel),
                        new Chart.Series("char level", false, charLevel),
                        new Chart.Series("not explained; below 0, explained twice", false, rest)));
    }

    static Section contents(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("piece-contents"), 3, "backend", "decoding", "settings", "patches",
                "chars", "bars", "cuts", "run again", "cut ms", "music s", "patches/s", "first patch s", "first bar s");
        run.measured().forEach((row, piece) -> {
            if (row.cell().shortName().equals(Measurements.PIECE)) {
                PieceCounters counted = piece.mean(PieceCounters.class);
                // a piece that never came to its music has no first bar
                table.add(piece.param("backend"), piece.param("decoding"), Settings.of(row, "backend", "decoding"),
                        counted.patches, counted.chars, counted.bars, counted.cuts, ofCuts(piece, counted.cutPatches),
                        ofCuts(piece, 1e3 * counted.cutSeconds), counted.musicSeconds,
                        1e3 * counted.patches / piece.milliseconds(), counted.firstPatchSeconds,
                        counted.firstBarSeconds == 0 ? TableCell.NONE : counted.firstBarSeconds);
            }
        });
        return Section.of(run.id("what-is-in-a-piece"), "What is in a piece",
                List.of(table.build(), new Prose(CONTENT_NOTE)));
    }

    /** To recomputation a cut is nothing special: it runs every context from its start. */
    private static TableCell ofCuts(Measurement piece, double value) {
        return piece.param("decoding").equals("recompute") ? TableCell.NONE : TableCell.of(value);
    }
}
