package io.notagenbench.report;

import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.params.Decoding;
import io.notagenbench.results.PieceCounters;
import java.util.List;

/** Forward passes that drafts spared, and how many drafts of each kind were right. */
final class DraftSection {

    private static final String NOTE = "Passes are forward passes of each level for one decoded patch. Chars are the"
            + " drafted characters that a pass verified. Known are those of them that follow at least 8 characters met"
            + " before. Patches are those drafted as a whole and run behind the newest. Right is the percentage of"
            + " drafts that came true. The 1st draft of a pass is right behind the newest character; a later one counts"
            + " only where all before it were right, since a wrong one ends the pass.";

    private DraftSection() {
    }

    static Section of(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("drafts"), 2, "backend", "settings", "char passes", "patch passes",
                "chars", "right %", "known", "right %", "patches", "right %");
        Table.Builder depths = new Table.Builder(run.id("drafts-by-depth"), 2, "backend", "settings", "1st", "right %",
                "2nd", "right %", "3rd", "right %", "4th", "right %", "later", "right %");
        run.measured().forEach((row, piece) -> {
            if (!row.cell().shortName().equals(Measurements.PIECE)
                    || !piece.param("decoding").equals(Decoding.SPECULATIVE.label())) {
                return;
            }
            PieceCounters counted = piece.mean(PieceCounters.class);
            String settings = Settings.of(row, "backend", "decoding");
            if (Double.isFinite(counted.drafted)) {
                table.add(piece.param("backend"), settings,
                        counted.charPasses / counted.calls, counted.patchPasses / counted.calls,
                        counted.drafted, 100 * counted.accepted / counted.drafted,
                        counted.lookupDrafted, 100 * counted.lookupAccepted / counted.lookupDrafted,
                        counted.patchesDrafted, 100 * counted.patchesAccepted / counted.patchesDrafted);
            }
            if (Double.isFinite(counted.firstDrafted)) {
                depths.add(piece.param("backend"), settings,
                        counted.firstDrafted, 100 * counted.firstAccepted / counted.firstDrafted,
                        counted.secondDrafted, 100 * counted.secondAccepted / counted.secondDrafted,
                        counted.thirdDrafted, 100 * counted.thirdAccepted / counted.thirdDrafted,
                        counted.fourthDrafted, 100 * counted.fourthAccepted / counted.fourthDrafted,
                        counted.laterDrafted, 100 * counted.laterAccepted / counted.laterDrafted);
            }
        });
        return Section.of(run.id("what-drafts-spared"), "What drafts spared",
                List.of(table.build(), depths.build(), new Prose(NOTE)));
    }
}
