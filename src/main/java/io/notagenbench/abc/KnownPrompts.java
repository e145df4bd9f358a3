package io.notagenbench.abc;

import io.notagenbench.params.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The prompts that NotaGen was fine-tuned on (notagen.md, section 5). */
public final class KnownPrompts {

    /** All 112 prompts, in the order of periods and composers. */
    public static final List<StylePrompt> ALL = read();

    static final List<String> PERIODS = names(StylePrompt::period);
    static final List<String> COMPOSERS = names(StylePrompt::composer);
    static final List<String> INSTRUMENTATIONS = names(StylePrompt::instrumentation);

    private KnownPrompts() {
    }

    private static List<StylePrompt> read() {
        try (InputStream in = KnownPrompts.class.getResourceAsStream("prompts.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .map(line -> line.split("/"))
                    .map(parts -> new StylePrompt(parts[0], parts[1], parts[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Function<StylePrompt, String> part) {
        return ALL.stream().map(part).distinct().toList();
    }

    /** The prompts that have all of the words, ignoring case and accents. */
    public static List<StylePrompt> with(List<String> words) {
        return ALL.stream().filter(prompt -> words.stream().allMatch(word -> StylePrompt.key(prompt.label())
                .contains(StylePrompt.key(word)))).toList();
    }

    /** Why NotaGen may not understand a prompt that is not in {@link #ALL}, with similar names that it knows. */
    static String doubt(StylePrompt prompt) {
        List<String> sentences = new ArrayList<>();
        sentences.add("prompt " + prompt.label() + " is not one of the " + ALL.size()
                + " that NotaGen was fine-tuned on.");
        boolean knowsComposer = COMPOSERS.contains(prompt.composer());
        if (!PERIODS.contains(prompt.period())) {
            sentences.add(unknown("period", prompt.period(), Spelling.near(prompt.period(), PERIODS), PERIODS));
        }
        if (!knowsComposer) {
            sentences.add(unknown("composer", prompt.composer(), nearComposers(prompt.composer()), List.of()));
        }
        if (prompt.composer().matches("[^, ]+-[^, ]+") && !knowsComposer) {
            sentences.add("The model reads this name unchanged: write the comma and the blank of a name as _, as in"
                    + " Alkan_Charles-Valentin.");
        }
        if (!INSTRUMENTATIONS.contains(prompt.instrumentation())) {
            sentences.add(unknown("instrumentation", prompt.instrumentation(),
                    Spelling.near(prompt.instrumentation(), INSTRUMENTATIONS), INSTRUMENTATIONS));
        }
        if (knowsComposer) {
            sentences.add("With this composer it knows " + ALL.stream()
                    .filter(known -> known.composer().equals(prompt.composer())).map(StylePrompt::label)
                    .collect(Collectors.joining(", ")) + ".");
        }
        sentences.add("java -jar benchmarks.jar prompts lists all of them.");
        return String.join(" ", sentences);
    }

    private static String unknown(String kind, String name, List<String> near, List<String> all) {
        String others = all.isEmpty() ? "." : ": choose one of " + String.join(", ", all) + ".";
        return "It does not know the " + kind + " " + name
                + (near.isEmpty() ? others : ": did you mean " + String.join(" or ", near) + "?");
    }

    /** Compares the whole name, the surname, and each word of a name. */
    private static List<String> nearComposers(String name) {
        String key = StylePrompt.key(name);
        List<String> keys = COMPOSERS.stream().map(StylePrompt::key).toList();
        List<String> surnames = COMPOSERS.stream().map(StylePrompt::surname).map(StylePrompt::key).distinct().toList();
        Set<String> near = new LinkedHashSet<>(Spelling.near(key, keys));
        Set<String> meant = new LinkedHashSet<>(Spelling.near(key, surnames));
        meant.addAll(Spelling.near(StylePrompt.key(StylePrompt.surname(name)), surnames));
        surnames.stream().filter(surname -> ("-" + key + "-").contains("-" + surname + "-")).forEach(meant::add);
        for (String surname : meant) {
            COMPOSERS.stream().filter(composer -> StylePrompt.key(StylePrompt.surname(composer)).equals(surname))
                    .map(StylePrompt::key).forEach(near::add);
        }
        return COMPOSERS.stream().filter(composer -> near.contains(StylePrompt.key(composer)))
                .map(StylePrompt::hyphenated).toList();
    }
}
