package io.notagenbench.report;

import io.notagenbench.document.Block;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Table;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says which cells were measured after the run was resumed under other conditions. */
final class ChangedConditions {

    private static final String NOTE = "The effects of these changes cannot be separated from those of the settings:"
            + " compare only cells of one state, or measure again.";

    private final RunResults run;
    private final Surroundings began;
    private final TreeMap<String, Surroundings> later = new TreeMap<>();

    private ChangedConditions(RunResults run) {
        this.run = run;
        began = run.environment().surroundings();
        run.rows().stream().flatMap(row -> row.conditions().stream()).filter(run.later()::containsKey)
                .forEach(since -> later.put(since, run.later().get(since).surroundings()));
    }

    static ChangedConditions of(RunResults run) {
        return new ChangedConditions(run);
    }

    /** In one sentence; empty where nothing changed. */
    String sentence() {
        if (later.isEmpty()) {
            return "";
        }
        Set<String> keys = new TreeSet<>();
        later.values().forEach(surroundings -> keys.addAll(began.differences(surroundings)));
        long mixed = rows().stream().filter(row -> row.conditions().size() > 1).count();
        return rows().size() + " of " + run.rows().size() + " cells were measured after the run had gone on under other conditions"
                + (mixed == 0 ? "" : ", " + mixed + " of them in part") + ": " + String.join(", ", keys) + " changed.";
    }

    private List<CellRow> rows() {
        return run.rows().stream().filter(row -> row.conditions().stream().anyMatch(later::containsKey)).toList();
    }

    /** What changed, and which cells it may have touched. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Table.Builder changes = new Table.Builder(run.id("changed"), 4, "since", "what", "before", "then")
                .caption("The run went on under other conditions than it began with");
        later.forEach((since, surroundings) -> began.differences(surroundings)
                .forEach(key -> changes.add(since, key, began.value(key), surroundings.value(key))));
        blocks.add(changes.build());
        Table.Builder cells = new Table.Builder(run.id("changed-cells"), 3, "benchmark", "parameters", "measured since", "forks then",
                "forks").caption("Cells that were measured under them");
        rows().forEach(row -> cells.add(row.cell().shortName(), Settings.of(row),
                row.conditions().stream().filter(later::containsKey).collect(Collectors.joining(", ")),
                row.runs().stream().filter(fork -> fork.since() != null).count(), row.runs().size()));
        blocks.add(cells.build());
        blocks.add(new Prose(later.isEmpty() ? "" : NOTE));
        return blocks;
    }
}
