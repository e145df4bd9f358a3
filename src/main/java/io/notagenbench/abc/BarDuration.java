package io.notagenbench.abc;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Counts how long the text of a bar lasts, in units of L: (notagen.md, section 4; the rules of
 * {@code abctoolkit.duration}).
 */
final class BarDuration {

    private static final Pattern WRAPPED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern DECORATION = Pattern.compile("![^!]+!");
    private static final Pattern GRACE = Pattern.compile("\\{[^}]+\\}");
    private static final Pattern FIELD = Pattern.compile("\\[[A-Za-z]:[^\\]]*\\]");
    private static final Pattern CHORD = Pattern.compile("\\[([^\\]]+)\\]");
    private static final Pattern CHORD_CONTENT = Pattern.compile("[A-Ga-gXxZz_=^',\\[-]*");
    private static final Pattern SILENT = Pattern.compile("[PSOsouvUVTM.\\-)_=^',]");
    private static final Pattern SLUR = Pattern.compile("\\((?!\\d)");
    private static final Pattern ELEMENT = Pattern.compile("[A-Ga-gXxZz][^A-Ga-gXxZz(<>]*|\\([\\d:]*|[<>]+");
    private static final Pattern LETTER = Pattern.compile("[A-Za-z]");
    private static final Pattern LENGTH = Pattern.compile("(\\d*)(?:/(\\d+))?|(/)");
    private static final BigFraction ROUNDING = new BigFraction(1, 64);

    /** A note, a broken-rhythm sign or the head of a tuplet; a head has no duration until its notes have theirs. */
    private static final class Element {
        private final String text;
        private BigFraction duration;

        Element(String text) {
            this.text = text;
        }

        boolean isNote() {
            return Character.isLetter(text.charAt(0));
        }

        boolean isTuplet() {
            return text.charAt(0) == '(';
        }
    }

    private BarDuration() {
    }

    /** The duration of a bar's text without its right barline; empty if it cannot be counted. */
    static Optional<BigFraction> of(String bar) {
        String text = FIELD.matcher(GRACE.matcher(DECORATION.matcher(WRAPPED.matcher(bar)
                .replaceAll("")).replaceAll("")).replaceAll("")).replaceAll("");
        if (CHORD.matcher(text).results().anyMatch(chord -> !CHORD_CONTENT.matcher(chord.group(1)).matches())) {
            return Optional.empty();
        }
        text = CHORD.matcher(text).replaceAll("C").replace('x', 'z').replace('X', 'z');
        text = SLUR.matcher(SILENT.matcher(text).replaceAll("")).replaceAll("");
        List<Element> elements = new ArrayList<>();
        Matcher matcher = ELEMENT.matcher(text);
        while (matcher.find()) {
            elements.add(new Element(matcher.group().strip()));
        }
        boolean counted = countNotes(elements) && countBrokenRhythms(elements) && countTuplets(elements);
        return counted
                ? Optional.of(elements.stream().map(e -> e.duration).reduce(BigFraction.ZERO, BigFraction::add))
                : Optional.empty();
    }

    private static boolean countNotes(List<Element> elements) {
        for (Element element : elements) {
            if (element.isNote()) {
                Optional<BigFraction> length = length(LETTER.matcher(element.text).replaceAll(""));
                if (length.isEmpty()) {
                    return false;
                }
                element.duration = length.get();
            }
        }
        return true;
    }

    private static Optional<BigFraction> length(String text) {
        Matcher length = LENGTH.matcher(text);
        if (!length.matches()) {
            return Optional.empty();
        }
        if (length.group(3) != null) {
            return Optional.of(BigFraction.ONE_HALF);
        }
        BigInteger numerator = length.group(1).isEmpty() ? BigInteger.ONE : new BigInteger(length.group(1));
        BigInteger denominator = length.group(2) == null ? BigInteger.ONE : new BigInteger(length.group(2));
        return denominator.signum() == 0 ? Optional.empty() : Optional.of(new BigFraction(numerator, denominator));
    }

    /** A sign gets the sum of its two neighbours, and they get 0: the sum of the bar stays the same. */
    private static boolean countBrokenRhythms(List<Element> elements) {
        for (int i = 0; i < elements.size(); i++) {
            Element sign = elements.get(i);
            if (sign.isNote() || sign.isTuplet()) {
                continue;
            }
            if (i == 0 || i + 1 == elements.size()) {
                return false;
            }
            Element left = elements.get(i - 1);
            Element right = elements.get(i + 1);
            if (left.duration == null || right.duration == null) {
                return false;
            }
            sign.duration = left.duration.add(right.duration);
            left.duration = BigFraction.ZERO;
            right.duration = BigFraction.ZERO;
        }
        return true;
    }

    /** From the last head to the first, so that an inner tuplet is counted before the outer one. */
    private static boolean countTuplets(List<Element> elements) {
        for (int i = elements.size() - 1; i >= 0; i--) {
            if (elements.get(i).isTuplet() && !countTuplet(elements, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean countTuplet(List<Element> elements, int head) {
        String[] numbers = elements.get(head).text.substring(1).split(":", -1);
        if (numbers.length == 1 && numbers[0].equals("3")) {
            numbers = new String[] {"3", "2", "3"};
        }
        if (numbers.length < 3 || List.of(numbers).subList(0, 3).stream().anyMatch(n -> !n.matches("\\d{1,6}"))) {
            return false;
        }
        int p = Integer.parseInt(numbers[0]);
        int q = Integer.parseInt(numbers[1]);
        int notes = Integer.parseInt(numbers[2]);
        if (p == 0 || q == 0 || notes == 0) {
            return false;
        }
        BigFraction sum = BigFraction.ZERO;
        for (int i = head + 1; notes > 0; i++) {
            if (i == elements.size()) {
                return false;
            }
            Element element = elements.get(i);
            sum = sum.add(element.duration);
            element.duration = BigFraction.ZERO;
            if (element.isNote()) {
                notes--;
            }
        }
        elements.get(head).duration = nearInteger(sum.multiply(new BigFraction(q, p)));
        return true;
    }

    /** Rounds tuplets with rounded lengths to whole numbers, as the original's {@code round_fraction} does. */
    private static BigFraction nearInteger(BigFraction value) {
        BigFraction nearest = new BigFraction((int) Math.rint(value.doubleValue()));
        return value.subtract(nearest).abs().compareTo(ROUNDING) <= 0 ? nearest : value;
    }

    /** A duration as it is written after a rest: {@code 8}, {@code 7/2}. */
    static String text(BigFraction duration) {
        return duration.getDenominator().equals(BigInteger.ONE)
                ? duration.getNumerator().toString()
                : duration.getNumerator() + "/" + duration.getDenominator();
    }
}
