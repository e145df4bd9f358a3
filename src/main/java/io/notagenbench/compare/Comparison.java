package io.notagenbench.compare;

import io.notagenbench.fault.Fault;
import io.notagenbench.results.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Two sides, cell by cell.
 *
 * @param a      the side that is compared with
 * @param b      the side that is judged
 * @param rules  what it went by
 * @param cells  those that both sides have, in the order of A
 * @param onlyA  rows of cells that B does not have under the same conditions
 * @param onlyB  rows of cells that A does not have under the same conditions
 * @param unlike conditions that differ between two rows that were compared, and their values in words
 */
public record Comparison(RunGroup a, RunGroup b, Rules rules, List<ComparedCell> cells, List<RunGroup.Row> onlyA,
        List<RunGroup.Row> onlyB, Map<String, String> unlike) {

    private static final double POWER = 0.9;

    /** Two rows with equal keys are the same cell. */
    private record Key(String benchmark, Map<String, String> chosen, Conditions conditions) {

        /** @param alike null where all conditions are compared with all */
        static Key of(RunGroup.Row row, ConditionGroups alike) {
            return new Key(row.row().benchmark(), Cell.chosen(row.row().params()), alike == null ? null : alike.of(row.conditions()));
        }

        boolean sameCell(Key other) {
            return benchmark.equals(other.benchmark) && chosen.equals(other.chosen);
        }
    }

    /**
     * Compares.
     *
     * @throws Fault (usage) if one side is of JMH's own files and the other is not, if a cell of both sides was measured
     *               under unlike conditions only, and not {@code anyway}, or the sides have no cell in common
     */
    public static Comparison of(RunGroup a, RunGroup b, Rules rules) {
        RunGroup.requireSameKind(a, b);
        ConditionGroups alike = rules.anyway() ? null : new ConditionGroups();
        Map<Key, List<RunGroup.Row>> rowsA = byKey(a, alike);
        Map<Key, List<RunGroup.Row>> rowsB = byKey(b, alike);
        Map<Key, List<RunGroup.Row>> onlyA = without(rowsA, rowsB.keySet());
        Map<Key, List<RunGroup.Row>> onlyB = without(rowsB, rowsA.keySet());
        refuseUnlike(rowsA, rowsB, onlyA, onlyB);
        Map<Key, CellSamples[]> both = new LinkedHashMap<>();
        rowsA.forEach((key, rows) -> {
            if (rowsB.containsKey(key)) {
                both.put(key, new CellSamples[] {CellSamples.of(rows), CellSamples.of(rowsB.get(key))});
            }
        });
        if (both.isEmpty()) {
            throw Fault.usage("A and B have no cell in common: A has " + count(a.rows().size()) + ", such as "
                    + example(a) + ", B has " + count(b.rows().size()) + ", such as " + example(b) + ".");
        }
        return new Comparison(a, b, rules, judge(both, rules), rows(onlyA), rows(onlyB), unlike(both));
    }

    private static Map<Key, List<RunGroup.Row>> byKey(RunGroup side, ConditionGroups alike) {
        return side.rows().stream().collect(Collectors.groupingBy(row -> Key.of(row, alike),
                LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<Key, List<RunGroup.Row>> without(Map<Key, List<RunGroup.Row>> rows, Set<Key> others) {
        Map<Key, List<RunGroup.Row>> rest = new LinkedHashMap<>(rows);
        rest.keySet().removeAll(others);
        return rest;
    }

    private static List<RunGroup.Row> rows(Map<Key, List<RunGroup.Row>> rows) {
        return rows.values().stream().flatMap(List::stream).toList();
    }

    /** A cell that both have, but nowhere under the same conditions, would look as if it were in one side only. */
    private static void refuseUnlike(Map<Key, List<RunGroup.Row>> rowsA, Map<Key, List<RunGroup.Row>> rowsB,
            Map<Key, List<RunGroup.Row>> onlyA, Map<Key, List<RunGroup.Row>> onlyB) {
        Map<String, String> differing = new TreeMap<>();
        Set<Object> cells = new HashSet<>();
        for (Key inA : onlyA.keySet()) {
            if (rowsB.keySet().stream().anyMatch(key -> key.sameCell(inA) && rowsA.containsKey(key))) {
                continue;
            }
            for (Key inB : onlyB.keySet()) {
                if (inA.sameCell(inB)
                        && rowsA.keySet().stream().noneMatch(key -> key.sameCell(inB) && rowsB.containsKey(key))) {
                    describe(inA.conditions(), inB.conditions(), differing);
                    cells.add(List.of(inA.benchmark(), inA.chosen()));
                }
            }
        }
        if (!differing.isEmpty()) {
            throw Fault.usage(count(cells.size()) + " cannot be compared: A and B were measured under unlike conditions"
                    + " (--anyway compares them all the same):" + list(differing));
        }
    }

    private static Map<String, String> unlike(Map<Key, CellSamples[]> both) {
        Map<String, String> differing = new TreeMap<>();
        for (CellSamples[] pair : both.values()) {
            for (RunGroup.Row inA : pair[0].rows()) {
                pair[1].rows().forEach(inB -> describe(inA.conditions(), inB.conditions(), differing));
            }
        }
        return differing;
    }

    private static void describe(Conditions a, Conditions b, Map<String, String> differing) {
        a.differences(b).forEach(key -> differing.putIfAbsent(key, a.value(key) + " in A, " + b.value(key) + " in B"));
    }

    /** Lines of keys and their values. */
    static String list(Map<String, String> differing) {
        return differing.entrySet().stream().map(entry -> "\n  " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining());
    }

    private static List<ComparedCell> judge(Map<Key, CellSamples[]> both, Rules rules) {
        List<ComparedCell> cells = both.entrySet().stream()
                .map(entry -> measure(entry.getKey(), entry.getValue()[0], entry.getValue()[1], rules)).toList();
        List<Effect> effects = cells.stream().map(ComparedCell::effect).filter(Objects::nonNull).toList();
        double[] different = rules.correction().adjust(effects.stream().mapToDouble(Effect::pDifferent).toArray());
        double[] same = rules.correction().adjust(effects.stream().mapToDouble(Effect::pEquivalent).toArray());
        List<ComparedCell> judged = new ArrayList<>();
        int tested = 0;
        for (ComparedCell cell : cells) {
            if (cell.effect() == null) {
                judged.add(cell);
            } else {
                judged.add(verdict(cell, different[tested], same[tested], rules, effects.size()));
                tested++;
            }
        }
        return List.copyOf(judged);
    }

    /** The effect without a verdict: the correction for many cells needs the effects of all. */
    private static ComparedCell measure(Key key, CellSamples a, CellSamples b, Rules rules) {
        Cell cell = a.rows().get(0).row().cell();
        Optional<String> defect = a.defect("A").or(() -> b.defect("B"));
        if (defect.isPresent()) {
            return ComparedCell.unranked(cell, a, b, defect.get());
        }
        if (!a.timing().sameUnit(b.timing())) {
            return ComparedCell.unranked(cell, a, b, "was measured in " + a.timing().unit() + " in A and in "
                    + b.timing().unit() + " in B");
        }
        if (Math.min(a.timing().forks(), b.timing().forks()) < Effect.FEWEST_FORKS) {
            return ComparedCell.untested(cell, a, b, "one fork does not show how much forks differ: measure with -f 3"
                    + " or more, or give several runs a side, A,A2,A3 B,B2,B3");
        }
        double[] timesA = a.timing().logTimes();
        double[] timesB = b.timing().logTimes();
        if (isConstant(timesA) && isConstant(timesB)) {
            return ComparedCell.untested(cell, a, b, "no fork differs from another: a time was not measured");
        }
        return new ComparedCell(cell, a, b, Effect.of(timesA, timesB, rules.margin(), rules.alpha()), Double.NaN,
                Double.NaN, Verdict.UNCLEAR, "");
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).distinct().count() == 1;
    }

    /** A difference within the margin counts as none, even if it is significant. */
    private static ComparedCell verdict(ComparedCell cell, double pDifferent, double pSame, Rules rules, int tested) {
        Effect effect = cell.effect();
        Verdict verdict = pSame <= rules.alpha() ? Verdict.SAME
                : pDifferent > rules.alpha() ? Verdict.UNCLEAR
                : effect.ratio() > 1 ? Verdict.SLOWER : Verdict.FASTER;
        String why = verdict == Verdict.UNCLEAR ? "forks differ by " + percent(Math.expm1(effect.spread())) + ": about "
                + wantedForks(effect.spread(), rules, tested) + " forks a side would tell a difference of "
                + percent(rules.margin()) : "";
        return new ComparedCell(cell.cell(), cell.a(), cell.b(), effect, pDifferent, pSame, verdict, why);
    }

    /** Forks a side with which nine of ten times a difference as large as the margin would be found, or shown to be absent. */
    private static long wantedForks(double spread, Rules rules, int tested) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double quantiles = normal.inverseCumulativeProbability(1 - rules.alpha() / 2 / tested)
                + normal.inverseCumulativeProbability(POWER);
        double each = quantiles * spread / Math.log1p(rules.margin());
        return Math.max(Effect.FEWEST_FORKS + 1, Math.round(Math.ceil(2 * each * each)) + 1);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static String example(RunGroup side) {
        return side.rows().isEmpty() ? "none" : side.rows().get(0).row().cell().label();
    }

    static String count(int number) {
        return number + (number == 1 ? " cell" : " cells");
    }

    /** The cell in words; where it was measured on several machines, also on which. */
    String label(ComparedCell cell) {
        return label(cell.cell(), cell.a().conditions());
    }

    String label(Cell cell, Conditions conditions) {
        String where = where(cell, conditions);
        return cell.label() + (where.isEmpty() ? "" : " on " + where);
    }

    /** The conditions that tell a cell from the same cell under other conditions; empty where there is none. */
    String where(Cell cell, Conditions conditions) {
        Set<String> keys = new TreeSet<>();
        cells.stream().filter(other -> other.cell().benchmark().equals(cell.benchmark())
                        && Cell.chosen(other.cell().params()).equals(Cell.chosen(cell.params())))
                .forEach(other -> keys.addAll(conditions.differences(other.a().conditions())));
        return keys.stream().map(key -> key + "=" + conditions.value(key)).collect(Collectors.joining(" "));
    }

    List<ComparedCell> of(Verdict verdict) {
        return cells.stream().filter(cell -> cell.verdict() == verdict).toList();
    }

    /** How the machine changed between the sides and within them, in sentences. */
    List<String> machine() {
        return RulerTimes.differences(a.ruler(), b.ruler(), rules.margin());
    }

    List<ComparedCell> unranked() {
        return cells.stream().filter(cell -> !cell.isRanked()).toList();
    }

    /**
     * The cells for which a build should not pass: SLOWER by more than {@code share}, or OK in A and failed in B.
     *
     * @param share 0.05 for 5 %
     */
    public List<String> slowerThan(double share) {
        return cells.stream().filter(cell -> cell.isLost()
                        || cell.verdict() == Verdict.SLOWER && cell.effect().ratio() > 1 + share)
                .map(cell -> label(cell) + (cell.isLost() ? " " + cell.why()
                        : " is slower by " + percent(cell.effect().ratio() - 1))).toList();
    }
}
