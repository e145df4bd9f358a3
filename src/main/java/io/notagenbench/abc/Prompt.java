package io.notagenbench.abc;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a piece is asked to be (notagen.md, sections 3 and 5).
 *
 * @param period          {@code Baroque}, {@code Classical} or {@code Romantic}
 * @param composer        surname, comma, first names: {@code Chopin, Frederic}
 * @param instrumentation {@code Keyboard}, {@code Art Song}, ...
 */
public record Prompt(String period, String composer, String instrumentation) {

    /** The 112 prompts that fine-tuned weights have seen. */
    public static final List<Prompt> VALID = readValid();

    public Prompt {
        for (String part : new String[] {period, composer, instrumentation}) {
            if (part.isBlank() || !part.chars().allMatch(c -> c >= ' ' && c < 127)) {
                throw Fault.usage("prompt part '" + part.replaceAll("[^ -~]", "?")
                        + "' cannot be: it takes printable ASCII characters alone");
            }
        }
    }

    /**
     * Reads the form of {@code -p prompt=}: period, composer and instrumentation between slashes, in any case. The
     * composer is a surname where that is unambiguous, or surname and first names joined by hyphens, or the whole name.
     *
     * @throws Fault if there are not three parts, a part is not printable ASCII, or a surname is ambiguous
     */
    public static Prompt parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw Fault.usage("prompt '" + text + "' cannot be: give period/composer/instrumentation, such as"
                    + " Romantic/Chopin/Keyboard");
        }
        String period = known(parts[0], VALID.stream().map(Prompt::period).distinct().toList());
        String instrumentation = known(parts[2], VALID.stream().map(Prompt::instrumentation).distinct().toList());
        return new Prompt(period, composer(parts[1]), instrumentation);
    }

    private static String known(String name, List<String> names) {
        return names.stream().filter(n -> key(n).equals(key(name))).findFirst().orElse(name.strip());
    }

    private static String composer(String name) {
        List<String> composers = VALID.stream().map(Prompt::composer).distinct().toList();
        List<String> exact = composers.stream().filter(c -> key(c).equals(key(name))).toList();
        if (!exact.isEmpty()) {
            return exact.get(0);
        }
        List<String> bySurname = composers.stream().filter(c -> key(surname(c)).equals(key(name))).toList();
        if (bySurname.size() > 1) {
            throw Fault.usage("composer '" + name + "' is ambiguous: choose one of "
                    + bySurname.stream().map(Prompt::hyphenated).collect(Collectors.joining(", ")));
        }
        return bySurname.isEmpty() ? name.strip() : bySurname.get(0);
    }

    private static String surname(String composer) {
        return composer.split(",")[0];
    }

    private static String hyphenated(String name) {
        return name.replace(", ", "-").replace(' ', '-');
    }

    private static String key(String name) {
        return hyphenated(name.strip()).toLowerCase(Locale.ROOT);
    }

    /** The form that {@link #parse} reads: {@code Romantic/Chopin-Frederic/Keyboard}. */
    public String label() {
        return hyphenated(period) + "/" + hyphenated(composer) + "/" + hyphenated(instrumentation);
    }

    /** Why the model may not understand this prompt; empty for the {@link #VALID} ones. */
    public Optional<String> warning() {
        if (VALID.contains(this)) {
            return Optional.empty();
        }
        List<String> instrumentations = VALID.stream()
                .filter(p -> p.period.equals(period) && p.composer.equals(composer))
                .map(Prompt::instrumentation).toList();
        String known = instrumentations.isEmpty() ? ""
                : "; of " + period + "/" + hyphenated(composer) + " it knows " + String.join(", ", instrumentations);
        return Optional.of("prompt " + label() + " is none of the " + VALID.size()
                + " that NotaGen was fine-tuned on" + known);
    }

    /** The three lines that begin the text, each with its newline. */
    public List<String> lines() {
        return List.of("%" + period + "\n", "%" + composer + "\n", "%" + instrumentation + "\n");
    }

    /** The beginning of the text. */
    public String text() {
        return String.join("", lines());
    }

    private static List<Prompt> readValid() {
        try (InputStream in = Prompt.class.getResourceAsStream("prompts.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .map(line -> line.split("/"))
                    .map(parts -> new Prompt(parts[0], parts[1], parts[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
