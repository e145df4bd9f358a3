package io.notagenbench.abc;

import io.notagenbench.fault.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Puts rests back into the voices that a line of generated text leaves out (notagen.md, section 4;
 * {@code rest_unreduce} in {@code inference/inference.py} of the original). One object serves one text.
 */
public final class RestRestorer {

    private static final Pattern REMAINING_LINES = Pattern.compile("^\\[r:[^\\]]*\\]");
    private static final Pattern VOICE = Pattern.compile("\\[V:(\\d+)\\](.*?)(?=\\[V:|$)", Pattern.UNIX_LINES);

    private final Voices voices;
    private Optional<BigFraction> reference = Optional.empty();
    private Optional<String> rightBarline = Optional.empty();

    private RestRestorer(Voices voices) {
        this.voices = voices;
    }

    /**
     * The final ABC text of a piece.
     *
     * @param raw the generated text with its prompt; only the {@link WholeBars} of a piece that was stopped
     * @throws Fault if there is no music in it, no voice is declared before the music, or a voice is missing and no bar
     *               shows how long its rest is
     */
    public static String restore(String raw) {
        List<String> lines = Stream.of(raw.split("\n")).filter(line -> !line.isEmpty()).toList();
        int bodyStart = bodyStart(lines);
        RestRestorer restorer = new RestRestorer(Voices.of(lines.subList(0, bodyStart)));
        if (restorer.voices.declared().isEmpty()) {
            throw Fault.failed("rests cannot be put back: no V: line before the music declares a voice");
        }
        List<String> restored = new ArrayList<>(lines.subList(0, bodyStart));
        for (int i = bodyStart; i < lines.size(); i++) {
            restored.add(restorer.line(lines.get(i), i == bodyStart));
        }
        StringBuilder abc = new StringBuilder("X:1\n");
        restored.stream().filter(line -> !line.startsWith("%") || line.startsWith("%%"))
                .forEach(line -> abc.append(line).append('\n'));
        return abc.toString();
    }

    private static int bodyStart(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("[V:")) {
                return i;
            }
        }
        throw Fault.failed("rests cannot be put back: the text has no complete line of music");
    }

    private String line(String generated, boolean isFirst) {
        String line = REMAINING_LINES.matcher(generated).replaceFirst("");
        Map<Integer, String> bars = bars(line);
        measure(bars);
        String leftBarline = isFirst ? line.substring(0, line.indexOf("[V:")) : "";
        StringBuilder restored = new StringBuilder();
        for (int voice : voices.declared()) {
            restored.append("[V:").append(voice).append(']');
            restored.append(bars.containsKey(voice) ? bars.get(voice) : leftBarline + rest(voice));
        }
        return restored.toString();
    }

    /**
     * The text of each voice, in the order of their first occurrence; if a voice occurs again, its last text counts.
     */
    static Map<Integer, String> bars(String line) {
        Map<Integer, String> bars = new LinkedHashMap<>();
        Matcher voice = VOICE.matcher(line);
        while (voice.find()) {
            bars.put(Voices.number(voice.group(1)), voice.group(2));
        }
        return bars;
    }

    private void measure(Map<Integer, String> bars) {
        bars.values().forEach(bar -> rightBarline = Optional.of(bar.substring(Barlines.rightBarline(bar))));
        reference(bars.values()).ifPresent(duration -> reference = Optional.of(duration));
    }

    /** The most frequent duration of the bars of a line, in units of L:; empty if none can be counted. */
    static Optional<BigFraction> reference(Collection<String> bars) {
        Map<BigFraction, Integer> counts = new LinkedHashMap<>();
        for (String bar : bars) {
            BarDuration.of(bar.substring(0, Barlines.rightBarline(bar)))
                    .ifPresent(duration -> counts.merge(duration, 1, Integer::sum));
        }
        return mostFrequent(counts);
    }

    /** Returns the most frequent duration; of several the first. */
    private static Optional<BigFraction> mostFrequent(Map<BigFraction, Integer> counts) {
        Optional<Map.Entry<BigFraction, Integer>> most = Optional.empty();
        for (Map.Entry<BigFraction, Integer> entry : counts.entrySet()) {
            if (most.isEmpty() || entry.getValue() > most.get().getValue()) {
                most = Optional.of(entry);
            }
        }
        return most.map(Map.Entry::getKey);
    }

    private String rest(int voice) {
        if (reference.isEmpty() || rightBarline.isEmpty()) {
            throw Fault.failed("rests cannot be put back: voice " + voice
                    + " is missing in a line, and no bar before it can be counted");
        }
        return voices.restSymbol(voice) + BarDuration.text(reference.get()) + rightBarline.get();
    }
}
