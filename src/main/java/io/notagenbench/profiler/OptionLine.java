package io.notagenbench.profiler;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of one of JMH's profilers.
 *
 * @param text {@code name=value} or {@code name}, separated by semicolons
 */
record OptionLine(String text) {

    private static final String SEPARATOR = ";";

    boolean gives(String name) {
        return value(name).isPresent();
    }

    /** The value of an option, empty text where it has none. */
    Optional<String> value(String name) {
        return Stream.of(text.split(SEPARATOR)).filter(option -> option.equals(name) || option.startsWith(name + "="))
                .map(option -> option.substring(Math.min(option.length(), name.length() + 1))).findFirst();
    }

    /** Adds an option unless it is already given. */
    OptionLine orElse(String name, String value) {
        return gives(name) ? this : new OptionLine(text + (text.isEmpty() ? "" : SEPARATOR) + name + "=" + value);
    }
}
