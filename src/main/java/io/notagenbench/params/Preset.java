package io.notagenbench.params;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The models that come with the suite. */
public enum Preset {
    /** The trained checkpoint in the jar. */
    TINY,
    /** The published sizes, with synthetic weights. */
    SMALL, MEDIUM, LARGE;

    /** The value of {@code -p model=}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The preset of this exact name; every other name is the path of a file. */
    public static Optional<Preset> named(String label) {
        return Arrays.stream(values()).filter(preset -> preset.label().equals(label)).findFirst();
    }

    /** The names of all presets, the smallest model first. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Preset::label).toList();
    }
}
