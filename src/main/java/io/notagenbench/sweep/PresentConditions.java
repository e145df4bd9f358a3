package io.notagenbench.sweep;

import io.notagenbench.results.Environment;
import io.notagenbench.results.RunFolder;
import io.notagenbench.results.Surroundings;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Under which surroundings a run begins or goes on.
 *
 * @param since   names them in its rows: null where they are those that the run began with, otherwise the moment from
 *                which on they held
 * @param began   what the run began with
 * @param present what it goes on with
 */
record PresentConditions(String since, Surroundings began, Surroundings present) {

    /**
     * Keeps what a folder does not know yet: surroundings that it has seen are not written again.
     *
     * @param environment of this process
     */
    static PresentConditions in(RunFolder folder, PresentEnvironment environment) throws IOException {
        Surroundings now = Surroundings.of(environment.json());
        if (folder.environment().isEmpty()) {
            folder.writeEnvironment(environment.json());
            return new PresentConditions(null, now, now);
        }
        Surroundings began = folder.environment().get().surroundings();
        if (began.differences(now).isEmpty()) {
            return new PresentConditions(null, began, now);
        }
        for (Map.Entry<String, Environment> later : folder.laterEnvironments().entrySet()) {
            if (later.getValue().surroundings().differences(now).isEmpty()) {
                return new PresentConditions(later.getKey(), began, now);
            }
        }
        folder.writeLaterEnvironment(environment.json());
        return new PresentConditions(environment.started(), began, now);
    }

    /** What the user should know about changed conditions; empty if nothing changed. */
    String words() {
        Set<String> changed = began.differences(present);
        StringBuilder words = new StringBuilder();
        if (!changed.isEmpty()) {
            words.append("This run goes on under other conditions than it began with; the rows that it measures now say so:");
            changed.forEach(key -> words.append("\n  ").append(key).append(": ").append(began.value(key)).append(" before, ")
                    .append(present.value(key)).append(" now"));
        }
        return words.toString();
    }
}
