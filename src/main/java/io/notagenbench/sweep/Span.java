package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time in the unit that people read. */
public final class Span {

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})\\s*(s|min|h)");

    private Span() {
    }

    /** Reads {@code 90s}, {@code 5min} or {@code 2h}; empty where it is something else. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(Duration.ofSeconds(switch (matcher.group(2)) {
            case "h" -> count * HOUR;
            case "min" -> count * MINUTE;
            default -> count;
        }));
    }

    /**
     * The time that a sweep may take.
     *
     * @throws Fault (usage) if it is not a time
     */
    public static Duration budget(String text) {
        return parse(text).orElseThrow(() -> Fault.usage("the budget " + text
                + " is not possible: give a time such as 90s, 5min or 2h."));
    }

    /** {@code 3 s}, {@code 12 min}, {@code 2.5 h}. */
    public static String words(double seconds) {
        if (seconds < 1.5 * MINUTE) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        return seconds < 1.5 * HOUR ? Math.round(seconds / MINUTE) + " min" : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
    }
}
