package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.FoundFiles;
import io.notagenbench.results.RunFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** How long cells took on this processor before, from the folders that are kept. */
public final class PastRuns {

    private static final int DEPTH = 3;

    private final List<CellRow> rows;
    private final Map<Cell, OptionalDouble> known = new HashMap<>();

    private PastRuns(List<CellRow> rows) {
        this.rows = rows;
    }

    /**
     * Reads every run below a folder that ran on this processor; unreadable folders are passed over.
     *
     * @param folder may not be there
     * @param cpu    model of the processor
     */
    public static PastRuns below(Path folder, String cpu) {
        return new PastRuns(FoundFiles.below(folder, DEPTH).files().stream().filter(file -> file.endsWith(RunFolder.JOURNAL))
                .flatMap(file -> rows(new RunFolder(file.getParent()), cpu).stream()).toList());
    }

    private static List<CellRow> rows(RunFolder run, String cpu) {
        try {
            boolean here = run.environment().map(environment -> environment.cpu().equals(cpu)).orElse(false);
            return here ? run.rows().stream().filter(row -> row.outcome() == Outcome.OK).toList() : List.of();
        } catch (Fault e) {
            return List.of();
        }
    }

    /** Seconds that a cell takes, as it took before, or as its benchmark took with other values; empty where none tells. */
    public OptionalDouble seconds(Cell cell) {
        return known.computeIfAbsent(cell, this::look);
    }

    private OptionalDouble look(Cell cell) {
        OptionalDouble same = mean(rows.stream().filter(row -> row.cell().equals(cell)));
        return same.isPresent() ? same : mean(rows.stream()
                .filter(row -> row.benchmark().equals(cell.benchmark()) && row.jmh().equals(cell.jmh())));
    }

    private static OptionalDouble mean(Stream<CellRow> rows) {
        return rows.mapToDouble(CellRow::seconds).average();
    }
}
