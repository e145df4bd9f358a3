package io.notagenbench.report;

import io.notagenbench.results.CellRow;
import java.util.Set;

/** The settings of a cell in the words of {@code -p}. */
final class Settings {

    private Settings() {
    }

    /** Parameters that are not at their defaults, without those that have a column. */
    static String of(CellRow row, String... columns) {
        String settings = row.cell().settings(Set.of(columns));
        return settings.isEmpty() ? "defaults" : settings;
    }
}
