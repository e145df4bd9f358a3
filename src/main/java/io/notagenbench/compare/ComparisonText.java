package io.notagenbench.compare;

import io.notagenbench.document.MarkdownTable;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison for people: what is slower first. */
public final class ComparisonText {

    private static final String NONE = "-";

    private ComparisonText() {
    }

    /** As Markdown that also reads well on a terminal. */
    public static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        side(text, "A", comparison.a());
        side(text, "B", comparison.b());
        text.append('\n').append(Arrays.stream(Verdict.values())
                .map(verdict -> comparison.of(verdict).size() + " " + verdict).collect(Collectors.joining(", ")))
                .append(" of ").append(Comparison.count(comparison.cells().size() - comparison.unranked().size()))
                .append(" measured in both.\n");
        if (comparison.a().ofJmh()) {
            text.append("\nThe files do not say on which machine and of which commit they were measured: only the JVM and JMH's options"
                    + " were compared.\n");
        }
        if (!comparison.unlike().isEmpty()) {
            text.append("\nMeasured under unlike conditions, so a verdict may be about them:")
                    .append(Comparison.list(comparison.unlike())).append('\n');
        }
        section(text, "The machine was not the same, so a verdict may be about it", comparison.machine());
        table(text, comparison);
        unclear(text, comparison);
        trending(text, comparison);
        unranked(text, comparison);
        only(text, comparison, "A", comparison.onlyA());
        only(text, comparison, "B", comparison.onlyB());
        return text.toString();
    }

    private static void side(StringBuilder text, String letter, RunGroup side) {
        String commits = side.commits().isEmpty() ? "commit not known"
                : "commit " + side.commits().stream().sorted().collect(Collectors.joining(", "));
        text.append(letter).append(": ").append(side.name()).append(" (").append(side.ofJmh() ? "results of JMH" : commits).append(")\n");
    }

    private static void table(StringBuilder text, Comparison comparison) {
        Table.Builder rows = new Table.Builder("comparison", 3, "verdict", "benchmark", "settings", "A", "B", "unit", "B / A",
                "interval", "g", "forks", "p");
        comparison.cells().stream().filter(ComparedCell::isRanked)
                .sorted(Comparator.comparing(ComparedCell::verdict)).forEach(cell -> rows.add(false, row(comparison, cell)));
        Table table = rows.build();
        if (!table.isEmpty()) {
            Rules rules = comparison.rules();
            text.append('\n').append(MarkdownTable.of(table)).append("\nB / A is the ratio of the times, above 1 where B is slower, with its ")
                    .append(TableCell.number(100 * (1 - rules.alpha()))).append(" % interval by Welch's t on the logarithms")
                    .append(" of the fork means; g is Hedges' g. SAME is shown, not presumed: two one-sided tests against ")
                    .append(Comparison.percent(rules.margin())).append(". p is that of the verdict, corrected for ")
                    .append(Comparison.count((int) comparison.cells().stream().filter(cell -> cell.effect() != null).count()))
                    .append(" (").append(rules.correction() == Correction.HOLM ? "Holm" : "Benjamini-Hochberg")
                    .append(").\n");
        }
    }

    private static List<String> row(Comparison comparison, ComparedCell cell) {
        String settings = (cell.cell().settings(Set.of()) + " " + comparison.where(cell.cell(), cell.a().conditions())).strip();
        List<String> row = new ArrayList<>(List.of(cell.verdict().name(), cell.cell().shortName(),
                settings.isEmpty() ? "defaults" : settings, TableCell.number(cell.a().timing().mean()),
                TableCell.number(cell.b().timing().mean()), cell.a().timing().unit(), ratio(cell.ratio())));
        Effect effect = cell.effect();
        row.add(effect == null ? NONE : ratio(effect.low()) + " - " + ratio(effect.high()));
        row.add(effect == null ? NONE : String.format(Locale.ROOT, "%.1f", effect.g()));
        row.add(cell.a().timing().forks() + " + " + cell.b().timing().forks());
        row.add(effect == null ? NONE : p(cell.verdict() == Verdict.SAME ? cell.pSame() : cell.pDifferent()));
        return row;
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.3f", ratio);
    }

    private static String p(double p) {
        return p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }

    private static void unclear(StringBuilder text, Comparison comparison) {
        section(text, "UNCLEAR", comparison.of(Verdict.UNCLEAR).stream()
                .map(cell -> comparison.label(cell) + ": " + cell.why()).toList());
    }

    private static void trending(StringBuilder text, Comparison comparison) {
        section(text, "Times that still rose or fell while they were measured: warm up longer", comparison.cells().stream()
                .filter(ComparedCell::isRanked).flatMap(cell -> Stream.of(Map.entry("A", cell.a()), Map.entry("B", cell.b()))
                        .filter(side -> side.getValue().timing().isTrending())
                        .map(side -> comparison.label(cell) + " in " + side.getKey())).toList());
    }

    private static void unranked(StringBuilder text, Comparison comparison) {
        section(text, "Not ranked", comparison.unranked().stream()
                .map(cell -> comparison.label(cell) + " " + cell.why()).toList());
    }

    private static void only(StringBuilder text, Comparison comparison, String side, List<RunGroup.Row> rows) {
        section(text, "Only in " + side, rows.stream()
                .map(row -> comparison.label(row.row().cell(), row.conditions()) + " (" + row.row().outcome() + ")").toList());
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append(":\n");
            lines.forEach(line -> text.append("- ").append(line).append('\n'));
        }
    }
}
