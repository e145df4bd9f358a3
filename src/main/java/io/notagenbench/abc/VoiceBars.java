package io.notagenbench.abc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * The text of one voice as its bars, each with the barline at its right (compare
 * {@code split_into_bars_and_barlines} in the original's package {@code abctoolkit}). Barlines with nothing between
 * them are one. Rests of several bars are written out.
 */
final class VoiceBars {

    /** Text in which a barline does not count, or a barline with the number of the ending behind it. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<opaque>\"[^\"]*\"|![^!\\n|]*!|\\{[^}]*\\}|\\[[A-Za-z]:[^\\]]*\\])"
            + "|(?<barline>\\.?(?:\\[\\|+[\\]:]*|:+\\|+[\\]:]*|\\|+[\\]:]*|::+))"
            + "(?:\\s*\\[?(?<ending>[1-9]\\d*(?:[,-][1-9]\\d*)*))?");
    private static final Pattern FIELD = Pattern.compile("\\[([A-Za-z]):([^\\]]*)\\]");
    private static final Pattern FIELDS_ALONE = Pattern.compile("(?:\\s*\\[[A-Za-z]:[^\\]]*\\])+\\s*");
    private static final Pattern LONG_REST = Pattern.compile(
            "(?<before>(?:\\s|\"[^\"]*\"|![^!]*!|\\[[A-Za-z]:[^\\]]*\\])*)(?<rest>[ZX])"
            + "(?<bars>\\d{0,3})(?<after>(?:\\s|\"[^\"]*\"|![^!]*!)*)");
    private static final Pattern METER = Pattern.compile("\\(?(\\d{1,4}(?:\\+\\d{1,4})*)\\)?/(\\d{1,4})");

    /** @param barline at its right, and the number of the ending that begins there */
    record Bar(String text, String barline) {

        /** Whether a line of the score has this bar: the original's test, which takes any other letter for music. */
        boolean isHeard() {
            return text.chars().anyMatch(c -> Character.isLetter(c) && "zZxX".indexOf(c) < 0);
        }
    }

    private final List<Bar> bars = new ArrayList<>();
    private String start = "";
    private String left = "";
    private BigFraction meter;
    private Optional<BigFraction> unit;
    private boolean endsInBarline;

    private VoiceBars(String meter, String unit) {
        this.meter = meter(meter);
        this.unit = fraction(unit);
    }

    /**
     * @param text  without comments and without switches of voices
     * @param meter value of the field M: that it begins with
     * @param unit  value of the field L: that it begins with; empty where there is none
     */
    static VoiceBars of(String text, String meter, String unit) {
        VoiceBars voice = new VoiceBars(meter, unit);
        voice.split(text);
        return voice;
    }

    List<Bar> bars() {
        return bars;
    }

    /** What comes before the first bar: fields and a barline. */
    String start() {
        return start + left;
    }

    /** Whether a text is one bar: a barline ends it, and only one at its start may precede it. */
    static boolean isOne(String text) {
        VoiceBars voice = new VoiceBars("", "");
        voice.split(text);
        return voice.bars.size() == 1 && voice.endsInBarline;
    }

    private void split(String text) {
        StringBuilder bar = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (token.find()) {
            bar.append(text, at, token.start());
            at = token.end();
            if (token.group("barline") == null) {
                bar.append(token.group());
            } else {
                String ending = token.group("ending") == null ? "" : token.group("ending");
                close(bar, token.group("barline") + ending);
            }
        }
        String rest = joined(bar.append(text.substring(at)).toString());
        endsInBarline = rest.isEmpty();
        if (!rest.isEmpty() && !FIELDS_ALONE.matcher(rest).matches()) {
            add(rest, "|");
        }
    }

    private void close(StringBuilder bar, String barline) {
        String text = joined(bar.toString());
        boolean fieldsAlone = FIELDS_ALONE.matcher(text).matches();
        if (!text.isEmpty() && !fieldsAlone) {
            add(text, barline);
            bar.setLength(0);
        } else if (!bars.isEmpty()) {
            Bar last = bars.remove(bars.size() - 1);
            bars.add(new Bar(last.text(), merged(last.barline(), barline)));
        } else if (fieldsAlone && left.isEmpty()) {
            start += text;
            left = barline;
            bar.setLength(0);
        } else {
            left = merged(left, barline);
        }
    }

    private static String joined(String text) {
        return text.strip().replaceAll("[ \\t]*\\n\\s*", " ").replaceAll("(?<=\\])  +", " ");
    }

    /** Joins two barlines with nothing between them, as at the end of a line and the start of the next. */
    private static String merged(String first, String second) {
        Matcher one = Pattern.compile("(\\D*)(.*)").matcher(first);
        Matcher two = Pattern.compile("(\\D*)(.*)").matcher(second);
        one.matches();
        two.matches();
        String endings = two.group(2).isEmpty() ? one.group(2) : two.group(2);
        String left = one.group(1);
        String right = two.group(1);
        if (left.startsWith(":") && right.endsWith(":")) {
            return "::" + endings;
        }
        if (left.contains(":") != right.contains(":")) {
            return (left.contains(":") ? left : right) + endings;
        }
        return (left.length() > right.length() ? left : right) + endings;
    }

    private void add(String text, String barline) {
        FIELD.matcher(text).results().forEach(field -> {
            if (field.group(1).equals("M")) {
                meter = meter(field.group(2));
            } else if (field.group(1).equals("L")) {
                unit = fraction(field.group(2));
            }
        });
        Matcher rest = LONG_REST.matcher(text);
        if (!rest.matches()) {
            bars.add(new Bar(text, barline));
            return;
        }
        int count = rest.group("bars").isEmpty() ? 1 : Integer.parseInt(rest.group("bars"));
        String length = (rest.group("rest").equals("Z") ? "z" : "x")
                + BarDuration.text(meter.divide(unit.orElse(defaultUnit())));
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            bars.add(new Bar((i == 0 ? rest.group("before") : "") + length + (last ? rest.group("after") : ""),
                    last ? barline : "|"));
        }
    }

    /** Returns the default of ABC 2.1: a sixteenth in meters shorter than three quarters. */
    private BigFraction defaultUnit() {
        return new BigFraction(1, meter.compareTo(new BigFraction(3, 4)) < 0 ? 16 : 8);
    }

    private static BigFraction meter(String value) {
        return value.strip().equals("C") || value.strip().equals("C|") ? BigFraction.ONE
                : fraction(value).orElse(BigFraction.ONE);
    }

    private static Optional<BigFraction> fraction(String value) {
        Matcher fraction = METER.matcher(value.strip());
        if (!fraction.matches()) {
            return Optional.empty();
        }
        int sum = Pattern.compile("\\+").splitAsStream(fraction.group(1)).mapToInt(Integer::parseInt).sum();
        int divisor = Integer.parseInt(fraction.group(2));
        return sum == 0 || divisor == 0 ? Optional.empty() : Optional.of(new BigFraction(sum, divisor));
    }
}
