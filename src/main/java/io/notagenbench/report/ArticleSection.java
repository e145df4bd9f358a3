package io.notagenbench.report;

import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.CellRow;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** The published table, with the rows of the machines that were measured in it. */
final class ArticleSection {

    private static final Comparator<PieceResult> BY_TIME = Comparator.comparingDouble(PieceResult::seconds);
    private static final double MB_PER_MIB = 1048576 / 1e6;

    private static final String NOTE = "The first six rows are claims of the published test: NotaGen's WebUI,"
            + " PATCH_LENGTH 64, the mean of five pieces. It gives neither their patches nor their characters, so"
            + " their cost for a patch is not known. The marked rows were measured here. Compare times for a piece"
            + " only where model and patches are alike, and times for a patch only where the model is. Each piece has"
            + " a row for what the original does, for the fastest in fp32 and for the fastest of all; failures of one"
            + " kind share a row. Memory there is what nvidia-smi showed; here it is the peak of the card, or on a CPU"
            + " of the whole process, runtime included. Beside the cards are only models of the published size. A piece that is known"
            + " from some of its patches is explained below: from a stretch to a piece.";

    private ArticleSection() {
    }

    static Section of(List<RunResults> runs) {
        Table.Builder published = table("published-table");
        PublishedTest.CARDS.forEach(card -> published.add(card.name(), card.gigabytes() + " GB",
                String.valueOf(card.cores()), "NotaGen WebUI", "yes", card.seconds(), card.deviation(), "not given", "not known",
                card.peakMb(), card.peakPercent()));
        Table.Builder others = table("other-sizes").caption("Pieces with models of other sizes");
        boolean any = false;
        for (RunResults run : runs) {
            List<PieceResult> written = PieceResult.of(run).stream().filter(PieceResult::isSound).toList();
            Set<PieceResult> shown = new LinkedHashSet<>();
            PieceResult.byQuestion(written).values().forEach(pieces -> {
                AnswerSection.baseline(pieces).ifPresent(shown::add);
                pieces.stream().filter(PieceResult::isExact).min(BY_TIME).ifPresent(shown::add);
                pieces.stream().min(BY_TIME).ifPresent(shown::add);
            });
            shown.forEach(piece -> add(piece.isOfPublishedSize() ? published : others, run, SeedGroup.around(piece, written)));
            List<CellRow> rows = Stream.of(Measurements.STRETCH, Measurements.PIECE).flatMap(name -> run.rowsOf(name).stream()).toList();
            Set<String> failures = new LinkedHashSet<>();
            rows.stream().filter(row -> run.measurement(row).isEmpty()).filter(row -> failures.add(row.outcome() + model(row)))
                    .forEach(row -> addFailure(PublishedTest.isSize(model(row)) ? published : others, run, row));
            any |= !rows.isEmpty();
        }
        return Section.of("published", "The published table, with this machine in it",
                any ? List.of(published.build(), others.build(), new Prose(NOTE)) : List.of());
    }

    private static Table.Builder table(String id) {
        return new Table.Builder(id, 5, "machine", "memory", "cores", "setting", "succeeded", "s/piece", "± sd", "patches", "ms/patch",
                "peak MB", "share %");
    }

    /** Several seeds are several pieces, as the published mean is one over several. */
    private static void add(Table.Builder table, RunResults run, SeedGroup group) {
        PieceResult first = group.first();
        OptionalDouble peak = group.memory();
        double all = first.isOnCpu() ? run.environment().memoryBytes() / (1 << 20) : Double.NaN;
        table.addStrong(run.machine(first.row()), gigabytes(run), run.coreCount(),
                setting(first.row()) + (group.size() > 1 ? ", " + group.size() + " seeds" : ""), "yes", group.seconds(),
                TableCell.of(group.deviation()), TableCell.of(group.patches()), TableCell.of(group.secondsPerPatch().orElse(Double.NaN) * 1e3),
                TableCell.of(peak.orElse(Double.NaN) * MB_PER_MIB), TableCell.of(100 * peak.orElse(Double.NaN) / all));
    }

    /** The first cell of its kind; the outcomes list them all. */
    private static void addFailure(Table.Builder table, RunResults run, CellRow row) {
        String outcome = row.outcome() == Outcome.OK ? "the result is lost" : "no: " + row.outcome();
        table.addStrong(run.machine(row), gigabytes(run), run.coreCount(), setting(row), outcome, TableCell.NONE, TableCell.NONE,
                TableCell.NONE, TableCell.NONE, TableCell.NONE, TableCell.NONE);
    }

    private static String setting(CellRow row) {
        boolean stretch = row.cell().shortName().equals(Measurements.STRETCH);
        Set<String> left = new HashSet<>(Set.of(Parameter.MODEL.label(), Parameter.SEED.label()));
        if (stretch) {
            left.add(Parameter.PATCHES.label());
        }
        String settings = row.cell().settings(left);
        return "model=" + model(row) + (settings.isEmpty() ? "" : " " + settings)
                + (stretch ? ", from " + row.params().get(Parameter.PATCHES.label()) + " patches" : "");
    }

    private static String model(CellRow row) {
        return row.params().getOrDefault(Parameter.MODEL.label(), Parameter.MODEL.defaultValue());
    }

    private static String gigabytes(RunResults run) {
        double bytes = run.environment().memoryBytes();
        return bytes == 0 ? "-" : Math.round(bytes / 1e9) + " GB";
    }
}
