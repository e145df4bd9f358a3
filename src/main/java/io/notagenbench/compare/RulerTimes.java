package io.notagenbench.compare;

import io.notagenbench.results.RulerReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the ruler took while a side was measured. Its work never changes, so where its times do, the machine has changed,
 * which no number of forks of one run can tell from a change of the build.
 *
 * @param means of each reading, by what it measured
 */
record RulerTimes(Map<String, List<Double>> means) {

    /** @param readings of all runs of a side; none where no ruler was used */
    static RulerTimes of(List<RulerReading> readings) {
        Map<String, List<Double>> means = new TreeMap<>();
        readings.forEach(reading -> reading.readings().forEach((name, measured) ->
                means.computeIfAbsent(name, key -> new ArrayList<>()).add(measured.estimate().mean())));
        return new RulerTimes(means);
    }

    /**
     * Where the machine was not the same, in sentences.
     *
     * @param margin the difference that still counts as the same
     */
    static List<String> differences(RulerTimes a, RulerTimes b, double margin) {
        List<String> sentences = new ArrayList<>();
        drift(sentences, "A", a, margin);
        drift(sentences, "B", b, margin);
        a.means.forEach((name, times) -> {
            if (b.means.containsKey(name)) {
                double ratio = mean(b.means.get(name)) / mean(times);
                if (ratio > 1 + margin || ratio < 1 / (1 + margin)) {
                    sentences.add(String.format(Locale.ROOT, "the ruler's %s took %.2f of A's time with B", name, ratio));
                }
            }
        });
        return sentences;
    }

    private static void drift(List<String> sentences, String letter, RulerTimes side, double margin) {
        side.means.forEach((name, times) -> {
            double least = times.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            double most = times.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            if (most > least * (1 + margin)) {
                sentences.add("the ruler's " + name + " differed by " + Comparison.percent(most / least - 1) + " within "
                        + letter);
            }
        });
    }

    private static double mean(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
