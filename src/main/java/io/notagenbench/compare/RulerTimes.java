package io.notagenbench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import io.notagenbench.results.FoundFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the ruler took while a side was measured. Its work never changes, so where its times do, the machine has changed,
 * which no number of forks of one run can tell from a change of the build.
 *
 * @param means of each time that it was laid on, by what it measured
 */
record RulerTimes(Map<String, List<Double>> means) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "drift.jsonl";
    private static final int DEPTH_IN_A_MERGE = 3;

    /** Reads what is below some folders; nothing where no ruler was used. */
    static RulerTimes of(List<Path> folders) {
        Map<String, List<Double>> means = new TreeMap<>();
        for (Path folder : folders) {
            FoundFiles.below(folder, DEPTH_IN_A_MERGE).files().stream().filter(file -> file.endsWith(FILE))
                    .forEach(file -> read(file, means));
        }
        return new RulerTimes(means);
    }

    /** A last line without its end was torn. */
    private static void read(Path file, Map<String, List<Double>> means) {
        try {
            String text = Files.readString(file);
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                JsonNode readings = JSON.readTree(line).path("readings");
                readings.properties().forEach(reading -> means.computeIfAbsent(reading.getKey(), name -> new ArrayList<>())
                        .add(reading.getValue().at("/estimate/mean").asDouble()));
            }
        } catch (IOException e) {
            throw Fault.failed("The ruler's times in " + file + " cannot be read: " + Fault.reason(e) + ".", e);
        }
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
