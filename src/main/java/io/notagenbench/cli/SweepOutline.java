package io.notagenbench.cli;

import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Cell;
import io.notagenbench.sweep.CellCheck;
import io.notagenbench.sweep.PastRuns;
import io.notagenbench.sweep.Span;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a sweep will do, before it does it.
 *
 * @param cells       that it will measure
 * @param check       tells which of them cannot run, and what the others take
 * @param past        tells how long they take
 */
record SweepOutline(Collection<Cell> cells, CellCheck check, PastRuns past) {

    /** Prints a line for each cell. */
    void list(PrintWriter out) {
        for (Cell cell : cells) {
            Optional<String> refusal = check.refusal(cell);
            out.println(cell.label() + refusal.map(reason -> ": SKIPPED: " + reason).orElseGet(() -> expectation(cell)));
        }
    }

    private String expectation(Cell cell) {
        List<String> known = Stream.of(check.predictedBytes(cell).map(Bytes::words),
                seconds(cell)).flatMap(Optional::stream).toList();
        return known.isEmpty() ? "" : ": about " + String.join(", ", known);
    }

    private Optional<String> seconds(Cell cell) {
        OptionalDouble seconds = past.seconds(cell);
        return seconds.isPresent() ? Optional.of(Span.words(seconds.getAsDouble())) : Optional.empty();
    }

    /** Returns a summary in two sentences. */
    String summary() {
        List<Cell> possible = cells.stream().filter(cell -> check.refusal(cell).isEmpty()).toList();
        int forks = possible.stream().mapToInt(Cell::forks).sum();
        int rounds = possible.stream().mapToInt(Cell::forks).max().orElse(0);
        return String.format("%s, %d of them SKIPPED; %s in %s%s. %s", Count.of(cells.size(), "cell"),
                cells.size() - possible.size(), Count.of(forks, "fork"), Count.of(rounds, "round"), memory(possible), time(possible));
    }

    /**
     * A note if pieces have more time than the fork that writes them.
     *
     * @param timeoutSeconds the longest that a fork may take
     */
    Optional<String> timeLimitNote(int timeoutSeconds) {
        return cells.stream().map(cell -> cell.params().getOrDefault(Parameter.TIME_LIMIT.label(), Defaults.TIME_LIMIT))
                .filter(limit -> !limit.equals(Defaults.TIME_LIMIT))
                .filter(limit -> Double.parseDouble(limit) == 0 || Double.parseDouble(limit) > timeoutSeconds).findFirst()
                .map(limit -> "timeLimit=" + limit + " is for each piece; a fork of this sweep is still ended after "
                        + timeoutSeconds + " s: --timeout SECONDS gives it more.");
    }

    private String memory(List<Cell> possible) {
        return possible.stream().map(check::predictedBytes).flatMap(Optional::stream).max(Long::compare)
                .map(bytes -> "; the largest is predicted to take " + Bytes.words(bytes)).orElse("");
    }

    private String time(List<Cell> possible) {
        double[] known = possible.stream().map(past::seconds).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).toArray();
        if (known.length == 0) {
            return "How long it takes is not known: no earlier run here measured any of it.";
        }
        double seconds = Arrays.stream(known).average().orElseThrow() * possible.size();
        return "About " + Span.words(seconds) + (known.length == possible.size() ? ", by earlier runs."
                : ", by earlier runs of " + known.length + " of them.");
    }
}
