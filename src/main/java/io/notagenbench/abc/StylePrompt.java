package io.notagenbench.abc;

import io.notagenbench.fault.Fault;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The style of a piece, for fine-tuned weights (notagen.md, sections 3 and 5).
 *
 * @param period          {@code Baroque}, {@code Classical} or {@code Romantic}
 * @param composer        surname, comma, first names: {@code Chopin, Frederic}
 * @param instrumentation {@code Keyboard}, {@code Art Song}, ...
 */
public record StylePrompt(String period, String composer, String instrumentation) implements Prompt {

    private static final int DEL = 127;

    public StylePrompt {
        for (String part : new String[] {period, composer, instrumentation}) {
            if (part.isBlank() || part.chars().anyMatch(c -> c < ' ' || c >= DEL)) {
                throw Fault.usage("prompt part '" + part.replaceAll("[^ -~]", "?") + "' is not possible: NotaGen reads"
                        + " only printable ASCII, so write each letter as one of A to Z, as in Sorensen.");
            }
        }
    }

    /**
     * Reads period, composer and instrumentation between slashes, ignoring case and accents. The composer is an
     * unambiguous surname, or surname and first names joined by hyphens, or the whole name. A name that NotaGen does
     * not know is used as it is written, since other weights may know it. In the name of a composer, the first
     * underscore is a comma and a blank, and every other underscore is a blank: {@code Alkan_Charles-Valentin}.
     *
     * @throws Fault (usage) if there are not three parts, a part is not printable ASCII, or a surname is ambiguous
     */
    public static StylePrompt parse(String text) {
        return parse(text, "or none, or the path of a " + FILE_ENDING + " file");
    }

    /**
     * As the other method.
     *
     * @param others what else a prompt may be, for who gave neither
     */
    static StylePrompt parse(String text, String others) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw Fault.usage("prompt '" + text + "' is not possible: give period/composer/instrumentation, such as"
                    + " Romantic/Chopin/Keyboard, " + others + ".");
        }
        return new StylePrompt(known(parts[0], KnownPrompts.PERIODS), composer(parts[1]),
                known(parts[2], KnownPrompts.INSTRUMENTATIONS));
    }

    private static String known(String name, List<String> names) {
        return names.stream().filter(n -> key(n).equals(key(name))).findFirst()
                .orElseGet(() -> ascii(name).replace('_', ' ').strip());
    }

    private static String composer(String name) {
        List<String> exact = KnownPrompts.COMPOSERS.stream().filter(c -> key(c).equals(key(name))).toList();
        if (!exact.isEmpty()) {
            return exact.get(0);
        }
        List<String> bySurname = KnownPrompts.COMPOSERS.stream().filter(c -> key(surname(c)).equals(key(name)))
                .toList();
        if (bySurname.size() > 1) {
            throw Fault.usage("composer '" + name + "' is ambiguous: choose one of "
                    + bySurname.stream().map(StylePrompt::hyphenated).collect(Collectors.joining(", ")) + ".");
        }
        return bySurname.isEmpty() ? ascii(name).replaceFirst("_", ", ").replace('_', ' ').strip() : bySurname.get(0);
    }

    static String surname(String composer) {
        return composer.split(",")[0];
    }

    /**
     * The form in which names are compared: {@code Saint-Saëns}, {@code saint saens} and {@code Saint_Saens} are equal.
     */
    static String key(String name) {
        return hyphenated(ascii(name).strip()).replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Removes accents: NotaGen's names have none. */
    private static String ascii(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    static String hyphenated(String name) {
        return name.replace(", ", "-").replace(' ', '-');
    }

    /** The form that {@link #parse} reads: {@code Romantic/Chopin-Frederic/Keyboard}. */
    @Override
    public String label() {
        return (KnownPrompts.PERIODS.contains(period) ? hyphenated(period) : period.replace(' ', '_')) + "/"
                + (KnownPrompts.COMPOSERS.contains(composer) ? hyphenated(composer) : underscored(composer)) + "/"
                + (KnownPrompts.INSTRUMENTATIONS.contains(instrumentation) ? hyphenated(instrumentation)
                        : instrumentation.replace(' ', '_'));
    }

    private static String underscored(String composer) {
        return composer.contains(", ") ? composer.replaceFirst(", ", "_").replace(' ', '_') : composer;
    }

    /** The three lines that begin the text, each with its newline. */
    @Override
    public List<String> lines() {
        return List.of("%" + period + "\n", "%" + composer + "\n", "%" + instrumentation + "\n");
    }

    @Override
    public List<String> warnings() {
        return KnownPrompts.ALL.contains(this) ? List.of() : List.of(KnownPrompts.doubt(this));
    }
}
