package io.notagenbench.abc;

import io.notagenbench.fault.Fault;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The voices that the metadata of a text declares, and which of them rest invisibly (notagen.md, section 4). */
final class Voices {

    private static final Pattern GROUP = Pattern.compile("\\((.*?)\\)");

    private final Set<Integer> declared = new TreeSet<>();
    private final Set<String> visible = new HashSet<>();

    private Voices() {
    }

    /** @throws Fault if a voice that is declared has no number */
    static Voices of(List<String> metadata) {
        Voices voices = new Voices();
        Set<String> grouped = new HashSet<>();
        for (String line : metadata) {
            if (line.startsWith("%%score")) {
                GROUP.matcher(line).results().map(MatchResult::group).forEach(group -> {
                    List<String> names = List.of(group.substring(1, group.length() - 1).strip().split("\\s+"));
                    voices.visible.add(names.get(0));
                    grouped.addAll(names);
                });
            } else if (line.startsWith("V:")) {
                String name = line.split("\\s")[0].substring(2);
                voices.declared.add(number(name));
                if (!grouped.contains(name)) {
                    voices.visible.add(name);
                }
            }
        }
        return voices;
    }

    static int number(String name) {
        if (!name.matches("\\d{1,9}")) {
            throw Fault.failed("rests cannot be put back: the voice named '" + name + "' has no number");
        }
        return Integer.parseInt(name);
    }

    /** Numbers of the declared voices, ascending. */
    Collection<Integer> declared() {
        return declared;
    }

    /** {@code z} for the first voice of a group, {@code x} for the others, which share its staff. */
    char restSymbol(int voice) {
        return visible.contains(Integer.toString(voice)) ? 'z' : 'x';
    }
}
