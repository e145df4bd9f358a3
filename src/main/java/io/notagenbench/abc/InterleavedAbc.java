package io.notagenbench.abc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ABC that already has the form of {@link ScoreText}: it is taken as it is, but {@code [r:i/n]} may be missing. */
final class InterleavedAbc {

    private static final Pattern MARK = Pattern.compile("^\\[r:\\d+/\\d+\\]");
    private static final Pattern FIRST_MARK = Pattern.compile("^\\[r:0/\\d+\\]");
    private static final Pattern VOICE = Pattern.compile("\\[V:(\\d+)\\]");
    private static final int PROMPT_LINES = 3;

    private InterleavedAbc() {
    }

    /** Empty if the lines have another form: voices one after the other, many bars in a line, or no V: in brackets. */
    static Optional<ScoreText> of(List<String> lines) {
        List<String> kept = lines.stream().filter(line -> !line.isBlank() && !OrdinaryAbc.isInformation(line)).toList();
        int start = 0;
        while (start < kept.size() && !kept.get(start).contains("[V:")) {
            start++;
        }
        List<String> body = kept.subList(start, kept.size());
        boolean tune = lines.stream().anyMatch(line -> line.startsWith("X:"));
        if (tune || body.isEmpty() || !isBody(body, kept.subList(0, start))) {
            return Optional.empty();
        }
        Optional<StylePrompt> prompt = prompt(kept.subList(0, start));
        List<String> header = kept.subList(prompt.isPresent() ? PROMPT_LINES : 0, start);
        List<String> marked = marked(body) ? body
                : ScoreText.numbered(body.stream().map(InterleavedAbc::withoutMark).toList());
        return Optional.of(new ScoreText(prompt.map(Prompt.class::cast).orElse(Prompt.NONE), ended(header),
                ended(marked), OrdinaryAbc.source(lines), 0));
    }

    /** Period, composer and instrumentation in the first three lines. */
    static Optional<StylePrompt> prompt(List<String> lines) {
        if (lines.size() < PROMPT_LINES || lines.subList(0, PROMPT_LINES).stream()
                .anyMatch(line -> !line.matches("%[^%].*") || line.substring(1).isBlank())) {
            return Optional.empty();
        }
        return Optional.of(new StylePrompt(lines.get(0).substring(1), lines.get(1).substring(1),
                lines.get(2).substring(1)));
    }

    private static boolean isBody(List<String> body, List<String> header) {
        if (body.stream().allMatch(line -> MARK.matcher(line).find())) {
            return true;
        }
        Set<String> declared = new HashSet<>();
        header.stream().filter(line -> line.startsWith("V:"))
                .forEach(line -> declared.add(line.substring(2).split("\\s")[0]));
        return body.stream().allMatch(line -> isBar(withoutMark(line), declared));
    }

    /** Whether a line begins with a voice and is one bar in each of its voices. */
    private static boolean isBar(String line, Set<String> declared) {
        Matcher voice = VOICE.matcher(line);
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        Set<String> met = new HashSet<>();
        while (voice.find()) {
            if (!declared.contains(voice.group(1)) || !met.add(voice.group(1))) {
                return false;
            }
            starts.add(voice.start());
            ends.add(voice.end());
        }
        if (starts.isEmpty() || starts.get(0) != 0) {
            return false;
        }
        starts.add(line.length());
        for (int i = 0; i < ends.size(); i++) {
            if (!VoiceBars.isOne(line.substring(ends.get(i), starts.get(i + 1)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean marked(List<String> body) {
        return body.stream().allMatch(line -> MARK.matcher(line).find()) && FIRST_MARK.matcher(body.get(0)).find();
    }

    private static String withoutMark(String line) {
        return MARK.matcher(line).replaceFirst("");
    }

    private static List<String> ended(List<String> lines) {
        return lines.stream().map(line -> line + "\n").toList();
    }
}
