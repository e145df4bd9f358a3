package io.notagenbench.compare;

import io.notagenbench.results.CellRow;
import java.util.List;
import java.util.Optional;

/**
 * The samples that one side has of one cell.
 *
 * @param rows    of all its runs, at least one
 * @param timing forks of all rows; null where a row is not OK, or rows have different units
 */
record CellSamples(List<RunGroup.Row> rows, Timing timing) {

    static CellSamples of(List<RunGroup.Row> rows) {
        if (!rows.stream().allMatch(RunGroup.Row::isOk)) {
            return new CellSamples(List.copyOf(rows), null);
        }
        List<Timing> each = rows.stream().map(row -> Timing.of(row.measured())).toList();
        boolean alike = each.stream().allMatch(each.get(0)::sameUnit);
        return new CellSamples(List.copyOf(rows), alike ? each.stream().reduce(Timing::and).orElseThrow() : null);
    }

    /** The first row that is not OK. */
    Optional<CellRow> failure() {
        return rows.stream().filter(row -> !row.isOk()).map(RunGroup.Row::row).findFirst();
    }

    Conditions conditions() {
        return rows.get(0).conditions();
    }

    /** Why it cannot be compared; empty where it can. */
    Optional<String> defect(String side) {
        return failure().map(row -> "is " + row.outcome() + " in " + side
                        + (row.reason() == null || row.reason().isEmpty() ? "" : ": " + row.reason()))
                .or(() -> timing == null ? Optional.of("was measured in different units in " + side) : Optional.empty());
    }
}
