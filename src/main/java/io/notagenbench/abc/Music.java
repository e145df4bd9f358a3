package io.notagenbench.abc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * How much music a text has.
 *
 * @param bars    number of bars; each line of the body is one bar in all voices
 * @param seconds how long they sound, without repeats, by the fields L:, M: and Q:; without Q:, at 120 quarters a
 *                minute
 */
public record Music(int bars, double seconds) {

    private static final Pattern FIELD = Pattern.compile("(?m)^([LMQ]):(.*)$|\\[([LMQ]):([^\\]]*)\\]");
    private static final Pattern FRACTION = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final Pattern TEMPO =
            Pattern.compile("(?:(\\d{1,6})/(\\d{1,6})\\s*=\\s*)?(\\d{1,6}(?:\\.\\d{1,6})?)");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    /** Counts the music of a text, raw or final. */
    public static Music of(String text) {
        return of(text, 0);
    }

    /** Counts the music that ends after the first {@code given} characters of a text, the prompt. */
    public static Music of(String text, int given) {
        Meter meter = new Meter();
        int bars = 0;
        double seconds = 0;
        int end = 0;
        for (String line : Lines.of(text)) {
            end += line.length();
            FIELD.matcher(line).results().forEach(field -> meter.read(
                    field.group(1) == null ? field.group(3) : field.group(1),
                    field.group(2) == null ? field.group(4) : field.group(2)));
            if (end > given && line.contains("[V:") && line.indexOf('|') >= 0) {
                bars++;
                seconds += meter.seconds(RestRestorer.reference(RestRestorer.bars(line).values()));
            }
        }
        return new Music(bars, seconds);
    }

    /** The fields in effect at a line of the body. */
    private static final class Meter {

        private double unit = 1 / 8.0;
        private double bar = 1;
        private double wholesPerMinute = 30;

        void read(String field, String value) {
            switch (field) {
                case "L" -> fraction(value).ifPresent(length -> unit = length);
                case "M" -> readMeter(value.strip());
                default -> readTempo(QUOTED.matcher(value).replaceAll("").strip());
            }
        }

        private void readMeter(String value) {
            if (value.equals("C") || value.equals("C|")) {
                bar = 1;
            } else {
                fraction(value).ifPresent(length -> bar = length);
            }
        }

        private void readTempo(String value) {
            Matcher tempo = TEMPO.matcher(value);
            if (tempo.matches()) {
                double beat = tempo.group(1) == null ? 1 / 4.0
                        : Double.parseDouble(tempo.group(1)) / Double.parseDouble(tempo.group(2));
                double wholes = beat * Double.parseDouble(tempo.group(3));
                if (wholes > 0 && Double.isFinite(wholes)) {
                    wholesPerMinute = wholes;
                }
            }
        }

        private static Optional<Double> fraction(String value) {
            Matcher fraction = FRACTION.matcher(value.strip());
            return fraction.matches() && Integer.parseInt(fraction.group(2)) > 0
                    ? Optional.of(Double.parseDouble(fraction.group(1)) / Double.parseDouble(fraction.group(2)))
                    : Optional.empty();
        }

        /** Returns the seconds of a bar; one that cannot be counted has the length of the meter. */
        double seconds(Optional<BigFraction> counted) {
            double wholes = counted.map(duration -> duration.doubleValue() * unit).orElse(bar);
            return wholes / wholesPerMinute * 60;
        }
    }
}
