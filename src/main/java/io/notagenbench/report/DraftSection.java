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
            + " drafts that came true.";

    private DraftSection() {
    }

    static Section of(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("drafts"), 2, "backend", "settings", "char passes", "patch passes",
                "chars", "right %", "known", "right %", "patches", "right %");
        run.measured().forEach((row, piece) -> {
            if (row.cell().shortName().equals(Measurements.PIECE)
                    && piece.param("decoding").equals(Decoding.SPECULATIVE.label()) && Double.isFinite(piece.mean(PieceCounters.class).drafted)) {
                PieceCounters counted = piece.mean(PieceCounters.class);
                table.add(piece.param("backend"), Settings.of(row, "backend", "decoding"),
                        counted.charPasses / counted.calls, counted.patchPasses / counted.calls,
                        counted.drafted, 100 * counted.accepted / counted.drafted,
                        counted.lookupDrafted, 100 * counted.lookupAccepted / counted.lookupDrafted,
                        counted.patchesDrafted, 100 * counted.patchesAccepted / counted.patchesDrafted);
            }
        });
        return Section.of(run.id("what-drafts-spared"), "What drafts spared", List.of(table.build(), new Prose(NOTE)));
    }
}
