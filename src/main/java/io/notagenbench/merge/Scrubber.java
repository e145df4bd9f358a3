package io.notagenbench.merge;

import io.notagenbench.results.Environment;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes the names of hosts, and of people as their home folders have them, out of texts. */
final class Scrubber {

    /** Changes nothing. */
    static final Scrubber NONE = new Scrubber(Map.of(), false);

    private static final Pattern RUN_NAME = Pattern.compile("\\d{8}-\\d{6}-(.+)-(?:cpu|cuda(?:-\\d+)?)(?:-shard-.*)?");
    private static final Pattern HOME = Pattern.compile("(/home/|/Users/|\\\\Users\\\\)[^/\\\\\\s\"':;,]+");
    private static final int SHORTEST = 2;

    private final Map<String, String> replacements;
    private final Pattern pattern;
    private final boolean active;

    private Scrubber(Map<String, String> replacements, boolean active) {
        this.replacements = replacements;
        this.active = active;
        pattern = replacements.isEmpty() ? null : Pattern.compile(replacements.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed()).map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(?:", ")(?![A-Za-z0-9])")), Pattern.CASE_INSENSITIVE);
    }

    /**
     * Takes out the hosts of some runs.
     *
     * @param runs  their hosts are in their environments, and in the names that {@code run-all.sh} gave their folders
     * @param names of more hosts
     */
    static Scrubber of(List<Merge.Run> runs, Collection<String> names) {
        Map<String, String> replacements = new LinkedHashMap<>();
        runs.forEach(run -> {
            hostOfName(run.best().name()).ifPresent(name -> put(replacements, name));
            run.copies().stream().flatMap(copy -> copy.environments().stream()).map(Environment::hostName)
                    .forEach(name -> put(replacements, name));
        });
        names.forEach(name -> put(replacements, name));
        return new Scrubber(replacements, true);
    }

    static Optional<String> hostOfName(String run) {
        Matcher matcher = RUN_NAME.matcher(run);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** A host is also known by its name without the domain. */
    private static void put(Map<String, String> replacements, String name) {
        String full = name.strip().toLowerCase(Locale.ROOT);
        String bare = full.contains(".") ? full.substring(0, full.indexOf('.')) : full;
        if (bare.length() < SHORTEST || bare.equals("localhost") || bare.chars().allMatch(Character::isDigit)) {
            return;
        }
        String replacement = replacements.getOrDefault(bare, replacements.getOrDefault(full,
                "machine-" + (replacements.values().stream().distinct().count() + 1)));
        replacements.putIfAbsent(full, replacement);
        replacements.putIfAbsent(bare, replacement);
    }

    boolean isActive() {
        return active;
    }

    String text(String text) {
        if (!active) {
            return text;
        }
        String hostless = pattern == null ? text : pattern.matcher(text).replaceAll(match ->
                Matcher.quoteReplacement(replacements.get(match.group().toLowerCase(Locale.ROOT))));
        return HOME.matcher(hostless).replaceAll("$1user");
    }

    /** The same for a file, whose text may be in any encoding that holds ASCII. */
    byte[] bytes(byte[] content) {
        return active ? text(new String(content, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1) : content;
    }

    /** Whether a file is not text, so that its names cannot be found. */
    static boolean isBinary(byte[] content) {
        for (byte value : content) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }
}
