package io.notagenbench.sweep;

import java.util.List;
import java.util.Optional;

/** Finds the cause in the output of a JVM that did not start or ended badly. */
public final class JvmOutput {

    /** What a JVM prints that is not the cause. */
    private static final List<String> NOISE = List.of("Error: Could not create the Java Virtual Machine.",
            "Error: A fatal exception has occurred.", "Error occurred during initialization of VM",
            "Picked up ", "NOTE: Picked up ", "OpenJDK 64-Bit Server VM warning",
            "Java HotSpot(TM) 64-Bit Server VM warning", "WARNING:", "SLF4J", "Listening for transport");
    private static final String CAUSE = "Caused by: ";

    private JvmOutput() {
    }

    /** The first line that is not noise, with the last cause of its exception; empty if there is none. */
    public static Optional<String> cause(List<String> lines) {
        List<String> words = lines.stream().filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .filter(line -> NOISE.stream().noneMatch(line::startsWith)).map(String::strip).toList();
        Optional<String> root = words.stream().filter(line -> line.startsWith(CAUSE)).reduce((first, last) -> last)
                .map(line -> line.substring(CAUSE.length()));
        Optional<String> first = words.stream().findFirst()
                .map(line -> line.replaceFirst("^Error: |^" + CAUSE, "").replaceFirst("(; nested exception is)?[:\\s]*$", ""));
        return first.map(line -> root.filter(cause -> !line.contains(cause)).map(cause -> line + ": " + cause).orElse(line));
    }
}
