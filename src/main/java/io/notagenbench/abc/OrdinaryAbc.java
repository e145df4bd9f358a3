package io.notagenbench.abc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One tune of ABC 2.1 as people have it, brought into the form of {@link ScoreText} by the rules of the original's
 * {@code 2_data_preprocess.py}: what is not music is left out, voices are interleaved bar by bar, and voices that
 * rest are left out of a bar.
 */
final class OrdinaryAbc {

    private static final List<String> INFORMATION = List.of("X:", "T:", "C:", "W:", "w:", "Z:", "%%MIDI");
    private static final Pattern SOURCE = Pattern.compile("([TCSBZ]):\\s*(\\S.*)");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z+]):(.*)");
    /** A note or a rest and the end of a repeat, which looks like a field. */
    private static final Pattern MUSIC_LIKE_FIELD = Pattern.compile("[A-Ga-gzx]:+\\|.*|[a-gzx]::.*");
    private static final Pattern SCORE = Pattern.compile("(?:%%|I:\\s*)(?:score|staves)\\s(.*)");
    private static final Pattern BLOCK = Pattern.compile("%%begin(\\w+).*");
    private static final Pattern INLINE = Pattern.compile("\"[^\"]*\"|\\[([A-Za-z]):([^\\]]*)\\]");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern REPEATED_SIGN = Pattern.compile("([^a-zA-Z0-9])\\1+");
    private static final String WRITE_KEY = "write the key, as in K:C, in a line of its own before the music";
    private static final int LONGEST_ANNOTATION = 40;
    /** Fields that may stand in the music; a line of them becomes a field in brackets. */
    private static final String MUSIC_FIELDS = "KLMQ";

    /** @param properties clef and names */
    private record Voice(String properties, StringBuilder text) {
    }

    private final Path file;
    private final List<String> lines;
    private final Map<String, Voice> voices = new LinkedHashMap<>();
    private final Map<String, String> header = new LinkedHashMap<>();
    private Optional<String> score = Optional.empty();
    private Optional<String> current = Optional.empty();
    private boolean inTune;
    private boolean inBody;
    private boolean afterBlank;
    private Optional<String> block = Optional.empty();

    OrdinaryAbc(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Whether a line is a field that the original's data leave out. */
    static boolean isInformation(String line) {
        return INFORMATION.stream().anyMatch(line::startsWith);
    }

    /** What the fields say of title, composer and edition. */
    static String source(List<String> lines) {
        return lines.stream().map(OrdinaryAbc::withoutComment).map(SOURCE::matcher).filter(Matcher::matches)
                .map(field -> field.group(2).strip()).distinct().limit(8).collect(Collectors.joining("; "));
    }

    /** @throws io.notagenbench.fault.Fault (usage) in one sentence that says what is missing */
    ScoreText score() {
        requireOneTune();
        for (int i = 0; i < lines.size(); i++) {
            read(lines.get(i), i + 1);
        }
        if (!inBody) {
            throw AbcFile.refuse(file, "it has no line K:, which ends the header of a tune; " + WRITE_KEY);
        }
        Map<Integer, Voice> numbered = numbered();
        Map<Integer, VoiceBars> bars = new TreeMap<>();
        numbered.forEach((number, voice) -> {
            if (!voice.text().isEmpty()) {
                VoiceBars split = VoiceBars.of(withoutLongAnnotations(voice.text().toString()),
                        header.getOrDefault("M", ""), header.getOrDefault("L", ""));
                if (!split.bars().isEmpty()) {
                    bars.put(number, split);
                }
            }
        });
        requireEqualBars(bars);
        List<String> body = new ArrayList<>();
        int count = bars.values().iterator().next().bars().size();
        for (int i = 0; i < count; i++) {
            String line = line(bars, i);
            if (!line.isEmpty()) {
                body.add(line);
            }
        }
        if (body.isEmpty()) {
            throw AbcFile.refuse(file, "all of its voices rest in every bar");
        }
        Prompt prompt = InterleavedAbc.prompt(lines).filter(style -> KnownPrompts.PERIODS.contains(style.period()))
                .map(Prompt.class::cast).orElse(Prompt.NONE);
        return new ScoreText(prompt, metadata(numbered),
                ScoreText.numbered(body).stream().map(line -> line + "\n").toList(), source(lines),
                count - body.size());
    }

    private void requireOneTune() {
        List<String> tunes = lines.stream().filter(line -> line.startsWith("X:"))
                .map(line -> line.substring(2).strip()).toList();
        if (tunes.size() > 1) {
            throw AbcFile.refuse(file, "it holds " + tunes.size() + " tunes; put one into a file of its own, as with:"
                    + " awk -v RS= '/X: *" + tunes.get(0).replaceAll("\\D.*", "") + "\\n/' '" + file + "' > one.abc");
        }
    }

    private void read(String raw, int number) {
        String line = raw.stripTrailing();
        if (block.isPresent()) {
            if (line.startsWith("%%end" + block.get())) {
                block = Optional.empty();
            }
            return;
        }
        Matcher begin = BLOCK.matcher(line);
        Matcher groups = SCORE.matcher(line);
        if (begin.matches()) {
            block = Optional.of(begin.group(1));
        } else if (groups.matches()) {
            score = score.or(() -> Optional.of(withoutComment(groups.group(1))));
        } else if (line.isBlank()) {
            afterBlank = true;
        } else if (!line.startsWith("%")) {
            content(withoutComment(line), number);
        }
    }

    private void content(String line, int number) {
        Matcher field = FIELD.matcher(line);
        if (field.matches() && !(inBody && MUSIC_LIKE_FIELD.matcher(line).matches())) {
            afterBlank = false;
            field(field.group(1), field.group(2).strip(), number);
        } else if (inBody) {
            if (!afterBlank || line.indexOf('|') >= 0) {
                afterBlank = false;
                music(line, number);
            }
        } else if (inTune && line.indexOf('|') >= 0) {
            throw AbcFile.refuse(file, "line " + number + " is music, and no line K: ends the header before it; "
                    + WRITE_KEY);
        }
    }

    private void field(String letter, String value, int number) {
        inTune = true;
        if (letter.equals("V")) {
            voice(value, number);
        } else if (letter.equals("m")) {
            throw AbcFile.refuse(file, "line " + number + " is a macro (m:), which NotaGen's form does not have;"
                    + " write the notes out");
        } else if (inBody && MUSIC_FIELDS.contains(letter)) {
            text(number).append('[').append(letter).append(':').append(value).append(']');
        } else if (MUSIC_FIELDS.contains(letter)) {
            header.put(letter, value);
            inBody = letter.equals("K");
        }
    }

    /** Declares a voice, or continues it. */
    private void voice(String value, int number) {
        if (value.isEmpty() || value.startsWith("*")) {
            throw AbcFile.refuse(file, "line " + number + " has a field V: that names no voice");
        }
        String id = value.split("\\s")[0];
        String properties = properties(value.substring(id.length()).strip());
        voices.merge(id, new Voice(properties, new StringBuilder()), (known, now) ->
                new Voice(known.properties().isEmpty() ? now.properties() : known.properties(), known.text()));
        if (inBody) {
            current = Optional.of(id);
        }
    }

    /** With the names that the original's converter from MusicXML writes. */
    private static String properties(String given) {
        return given.replaceAll("\\bclef=", "").replaceAll("\\b(?:subname|sname)=", "snm=")
                .replaceAll("\\bname=", "nm=");
    }

    private void music(String line, int number) {
        String kept = line.replaceAll("\\\\+$", "").replace("\\\"", "");
        Matcher inline = INLINE.matcher(kept);
        int at = 0;
        while (inline.find()) {
            append(kept.substring(at, inline.start()), number);
            at = inline.end();
            String letter = inline.group(1);
            if (letter == null) {
                text(number).append(inline.group());
            } else if (letter.equals("V")) {
                voice(inline.group(2).strip(), number);
            } else if (MUSIC_FIELDS.contains(letter) || letter.equals("I")) {
                text(number).append(inline.group());
            }
        }
        append(kept.substring(at), number);
        text(number).append('\n');
    }

    private void append(String music, int number) {
        if (!music.isBlank()) {
            text(number).append(music.replace("$", ""));
        }
    }

    /** The text of the voice that the music is for: the first, where no V: came before. */
    private StringBuilder text(int number) {
        if (current.isEmpty()) {
            current = Optional.of(voices.isEmpty() ? "1" : voices.keySet().iterator().next());
            voices.computeIfAbsent(current.get(), id -> new Voice("treble", new StringBuilder()));
        }
        return voices.get(current.get()).text();
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '"') {
                quoted = !quoted;
            } else if (line.charAt(i) == '%' && !quoted && (i == 0 || line.charAt(i - 1) != '\\')) {
                return line.substring(0, i).stripTrailing();
            }
        }
        return line;
    }

    /** Annotations as the original keeps them: short, without signs that repeat, and without barlines. */
    private static String withoutLongAnnotations(String text) {
        return QUOTED.matcher(text).replaceAll(quoted -> {
            String annotation = quoted.group();
            if (annotation.length() == 2 || annotation.contains("|") || annotation.contains("::")) {
                return "";
            }
            if ("^_".indexOf(annotation.charAt(1)) >= 0) {
                annotation = REPEATED_SIGN.matcher(annotation).replaceAll("$1");
                return annotation.length() > LONGEST_ANNOTATION ? "" : Matcher.quoteReplacement(annotation);
            }
            return Matcher.quoteReplacement(annotation);
        });
    }

    /** Numbers the voices: NotaGen's have no other names. */
    private Map<Integer, Voice> numbered() {
        Set<String> ids = new LinkedHashSet<>();
        score.ifPresent(groups -> ids.addAll(names(groups)));
        ids.addAll(voices.keySet());
        boolean numbers = ids.contains("1") && ids.stream().allMatch(id -> id.matches("[1-9]\\d{0,3}"));
        Map<Integer, Voice> numbered = new TreeMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (String id : ids) {
            int number = numbers ? Integer.parseInt(id) : numbered.size() + 1;
            numbered.put(number, voices.getOrDefault(id, new Voice("", new StringBuilder())));
            names.put(id, Integer.toString(number));
        }
        score = Optional.of(score.map(groups -> renamed(groups, names))
                .orElse(numbered.keySet().stream().map(String::valueOf).collect(Collectors.joining(" "))));
        return numbered;
    }

    private static List<String> names(String groups) {
        return Arrays.stream(groups.split("[\\s(){}\\[\\]|*]+")).filter(name -> !name.isEmpty()).toList();
    }

    private static String renamed(String groups, Map<String, String> names) {
        return Pattern.compile("[^\\s(){}\\[\\]|*]+|[(){}\\[\\]|*]").matcher(groups).results()
                .map(token -> names.getOrDefault(token.group(), token.group())).collect(Collectors.joining(" "));
    }

    private void requireEqualBars(Map<Integer, VoiceBars> bars) {
        if (bars.isEmpty()) {
            throw AbcFile.refuse(file, "no music follows its line K:");
        }
        int most = bars.values().stream().mapToInt(voice -> voice.bars().size()).max().orElseThrow();
        if (bars.values().stream().anyMatch(voice -> voice.bars().size() != most)) {
            throw AbcFile.refuse(file, "its voices do not have the same number of bars ("
                    + bars.entrySet().stream()
                            .map(voice -> "voice " + voice.getKey() + " has " + voice.getValue().bars().size())
                            .collect(Collectors.joining(", "))
                    + "); write a bar of rest as z or Z where a voice rests, and end every bar with a barline");
        }
    }

    private static String line(Map<Integer, VoiceBars> voices, int bar) {
        StringBuilder line = new StringBuilder();
        voices.forEach((number, voice) -> {
            VoiceBars.Bar own = voice.bars().get(bar);
            if (own.isHeard()) {
                line.append("[V:").append(number).append(']').append(bar == 0 ? voice.start() : "").append(own.text())
                        .append(own.barline());
            }
        });
        return line.toString();
    }

    private List<String> metadata(Map<Integer, Voice> numbered) {
        Stream<String> fields = Stream.of("L", "Q", "M", "K").filter(header::containsKey)
                .map(letter -> letter + ":" + header.get(letter));
        return Stream.of(Stream.of("%%score " + score.orElseThrow()), fields,
                numbered.entrySet().stream()
                        .map(voice -> ("V:" + voice.getKey() + " " + voice.getValue().properties()).stripTrailing()))
                .flatMap(lines -> lines).map(line -> line + "\n").toList();
    }
}
