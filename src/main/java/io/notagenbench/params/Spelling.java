package io.notagenbench.params;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelled one was meant to be. */
public final class Spelling {

    private Spelling() {
    }

    /** {@code " Did you mean word?"} with the nearest known name, or an empty text if none is near. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, List.copyOf(known)).map(near -> " Did you mean " + near + "?").orElse("");
    }

    /** The first of those that are {@link #near}. */
    public static Optional<String> nearest(String word, List<String> known) {
        return near(word, known).stream().findFirst();
    }

    /**
     * The known names that differ in at most a third of their letters, ignoring case; those with the fewest edits
     * first.
     */
    public static List<String> near(String word, List<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> edits(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3))
                .sorted(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT)))).toList();
    }

    /** Levenshtein's distance: letters inserted, dropped or replaced. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
