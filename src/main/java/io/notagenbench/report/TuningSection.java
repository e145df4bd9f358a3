package io.notagenbench.report;

import io.notagenbench.document.Block;
import io.notagenbench.document.Chart;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import io.notagenbench.params.Parameter;
import io.notagenbench.statistics.Estimate;
import io.notagenbench.statistics.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** What the settings change that the published test gives advice on: the cost of a patch, or the number of them. */
final class TuningSection {

    /** A piece of advice of the published test. */
    private record Claim(Parameter parameter, String from, String to, String words) {

        String title() {
            return parameter.label() + " " + from + " to " + to + ", of which the test says: " + words;
        }
    }

    /** Less than a millionth of a percent counts as no change. */
    private static final double PARTS = 1e6;

    private static final List<Claim> CLAIMS = List.of(
            new Claim(Parameter.PATCH_LENGTH, "64", "32", "fewer steps, about 30 % faster"),
            new Claim(Parameter.TEMPERATURE, "1.2", "1.0", "slightly faster convergence"),
            new Claim(Parameter.TOP_K, "9", "15", "steadier, maybe more computation"));

    private static final String NOTE = "Pieces that differ only in the seed share a row. sd is over the seeds, and"
            + " empty for a single seed. A change is the geometric mean over the seeds that both settings have, from"
            + " the first setting to the second, with its 95 % interval by Student's t on the logarithms. Where the"
            + " interval contains 0, no change is shown.";

    private final RunResults run;
    private final List<SeedGroup> groups;

    private TuningSection(RunResults run) {
        this.run = run;
        groups = SeedGroup.of(PieceResult.whole(run));
    }

    static Section of(RunResults run) {
        TuningSection section = new TuningSection(run);
        List<Block> blocks = new ArrayList<>();
        for (Claim claim : CLAIMS) {
            blocks.addAll(section.blocks(claim));
        }
        if (!blocks.isEmpty()) {
            blocks.add(new Prose(NOTE));
        }
        return Section.of(run.id("tuning"), "What the settings change", blocks);
    }

    private List<Block> blocks(Claim claim) {
        String id = claim.parameter().label().toLowerCase(Locale.ROOT);
        Table.Builder values = new Table.Builder(run.id("tuning-" + id), 2, "setting", claim.parameter().label(), "seeds",
                "ms/patch", "± sd", "patches, least", "median", "most", "± sd", "cuts", "s/piece", "± sd").caption(claim.title());
        Table.Builder changes = new Table.Builder(run.id("change-" + id), 1, "change", "seeds", "ms/patch %", "from", "to",
                "patches %", "from", "to", "s/piece %", "from", "to");
        Map<String, List<Chart.Point>> points = new LinkedHashMap<>();
        pairs(claim).forEach(pair -> {
            for (SeedGroup group : pair) {
                values.add(false, row(claim, group));
                group.pieces().forEach(piece -> points.computeIfAbsent(claim.parameter().label() + "="
                        + piece.value(claim.parameter()) + ", " + piece.arm(), name -> new ArrayList<>())
                        .add(new Chart.Point(piece.patches().orElse(0), piece.seconds(), "seed " + piece.value(Parameter.SEED))));
            }
            change(pair.get(0), pair.get(1)).ifPresent(cells -> changes.add(false, cells));
        });
        Chart chart = new Chart(run.id("tuning-chart-" + id), "Every piece: seconds over patches", Chart.Kind.POINTS,
                Chart.Axis.of("patches"), Chart.Axis.of("s a piece"), List.of(),
                points.entrySet().stream().map(one -> new Chart.Series(one.getKey(), false, one.getValue())).toList());
        boolean several = points.values().stream().anyMatch(one -> one.size() > 1);
        Table table = values.build();
        return table.isEmpty() ? List.of() : several ? List.of(table, changes.build(), chart) : List.of(table, changes.build());
    }

    /** Groups that differ in the claim's parameter and the seed alone, and have its two values. */
    private List<List<SeedGroup>> pairs(Claim claim) {
        Map<Map<String, String>, List<SeedGroup>> settings = new LinkedHashMap<>();
        groups.forEach(group -> settings.computeIfAbsent(group.first().without(
                Set.of(claim.parameter().label(), Parameter.SEED.label())), setting -> new ArrayList<>()).add(group));
        List<List<SeedGroup>> pairs = new ArrayList<>();
        settings.values().forEach(same -> same.stream().filter(group -> has(group, claim, claim.from())).findFirst()
                .ifPresent(from -> same.stream().filter(group -> has(group, claim, claim.to())).findFirst()
                        .ifPresent(to -> pairs.add(List.of(from, to)))));
        return pairs;
    }

    private static boolean has(SeedGroup group, Claim claim, String value) {
        return Double.parseDouble(group.first().value(claim.parameter())) == Double.parseDouble(value);
    }

    private static List<Object> row(Claim claim, SeedGroup group) {
        double[] patches = group.values(piece -> piece.patches().orElse(Double.NaN));
        return List.of(settings(group, claim.parameter()), group.first().value(claim.parameter()), group.size(),
                milli(group.secondsPerPatch()), deviation(group, piece -> milli(piece.secondsPerPatch())),
                StatUtils.min(patches), StatUtils.percentile(patches, 50), StatUtils.max(patches),
                deviation(group, piece -> piece.patches().orElse(Double.NaN)),
                StatUtils.mean(group.values(piece -> piece.counted().cuts)), group.seconds(),
                deviation(group, PieceResult::seconds));
    }

    static String settings(SeedGroup group, Parameter without) {
        return Settings.of(group.first().row(), without.label(), Parameter.SEED.label());
    }

    private static double milli(OptionalDouble seconds) {
        return 1e3 * seconds.orElse(Double.NaN);
    }

    private static TableCell deviation(SeedGroup group, ToDoubleFunction<PieceResult> of) {
        return group.size() < 2 ? TableCell.NONE : TableCell.of(Math.sqrt(StatUtils.variance(group.values(of))));
    }

    /** Empty where no seed is in both. */
    private static Optional<List<Object>> change(SeedGroup from, SeedGroup to) {
        Map<String, PieceResult> second = new LinkedHashMap<>();
        to.pieces().forEach(piece -> second.put(piece.value(Parameter.SEED), piece));
        List<PieceResult> first = from.pieces().stream()
                .filter(piece -> second.containsKey(piece.value(Parameter.SEED))).toList();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<Object> cells = new ArrayList<>(List.of(from.first().arm(), first.size()));
        List<Function<PieceResult, Double>> numbers = List.of(piece -> milli(piece.secondsPerPatch()),
                piece -> piece.patches().orElse(Double.NaN), PieceResult::seconds);
        for (Function<PieceResult, Double> number : numbers) {
            List<Double> logarithms = first.stream().map(piece -> Math.log(
                    number.apply(second.get(piece.value(Parameter.SEED))) / number.apply(piece))).toList();
            cells.addAll(change(logarithms));
        }
        return Optional.of(cells);
    }

    private static List<TableCell> change(List<Double> logarithms) {
        if (logarithms.stream().anyMatch(one -> !Double.isFinite(one))) {
            return List.of(TableCell.NONE, TableCell.NONE, TableCell.NONE);
        }
        Estimate estimate = new Samples(List.of(logarithms)).estimate();
        return List.of(percent(estimate.mean()), estimate.low() == null ? TableCell.NONE : percent(estimate.low()),
                estimate.high() == null ? TableCell.NONE : percent(estimate.high()));
    }

    /** Without the last digits, which are rounding of the logarithm. */
    private static TableCell percent(double logarithm) {
        return TableCell.of(Math.rint(100 * Math.expm1(logarithm) * PARTS) / PARTS + 0.0);
    }
}
