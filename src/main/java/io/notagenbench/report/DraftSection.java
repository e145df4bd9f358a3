package io.notagenbench.report;

import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.params.Decoding;
import java.util.List;

/** Forward passes that drafts spared, and how many drafts of each kind were right. */
final class DraftSection {

    private static final String NOTE = "Passes are forward passes of each level for one decoded patch. Chars are the drafted"
            + " characters that a pass verified, known those among them that follow at least 8 characters met before, patches"
            + " the ones drafted as a whole and run behind the newest; right is the percentage that came.";

    private DraftSection() {
    }

    static Section of(RunResults run) {
        Table.Builder table = new Table.Builder(run.id("drafts"), 2, "backend", "settings", "char passes", "patch passes",
                "chars", "right %", "known", "right %", "patches", "right %");
        run.measured().forEach((row, piece) -> {
            if (row.cell().shortName().equals(Measurements.PIECE)
                    && piece.param("decoding").equals(Decoding.SPECULATIVE.label()) && piece.mean("drafted").isPresent()) {
                table.add(piece.param("backend"), Settings.of(row, "backend", "decoding"),
                        share(piece, "charPasses", "calls", 1), share(piece, "patchPasses", "calls", 1),
                        TableCell.of(piece.mean("drafted")), share(piece, "accepted", "drafted", 100),
                        TableCell.of(piece.mean("lookupDrafted")), share(piece, "lookupAccepted", "lookupDrafted", 100),
                        TableCell.of(piece.mean("patchesDrafted")), share(piece, "patchesAccepted", "patchesDrafted", 100));
            }
        });
        return Section.of(run.id("what-drafts-spared"), "What drafts spared", List.of(table.build(), new Prose(NOTE)));
    }

    /** The part as so many times the whole; none where one of them was not counted or the whole is nothing. */
    private static TableCell share(Measurement piece, String part, String whole, double scale) {
        return TableCell.of(scale * piece.mean(part).orElse(Double.NaN) / piece.mean(whole).orElse(Double.NaN));
    }
}
