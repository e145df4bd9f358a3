package io.notagenbench.sweep;

import io.notagenbench.results.BegunFork;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkRow;
import io.notagenbench.statistics.Trend;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells a person how far a sweep is: a line for each fork, with the cells that are done, left and failed. */
final class SweepProgress {

    private final PrintWriter out;
    private final int cells;
    private int forksRun;
    private double seconds;

    /** @param cells that this sweep measures, those included that had ended before */
    SweepProgress(PrintWriter out, int cells) {
        this.out = out;
        this.cells = cells;
    }

    /** @param times that an earlier sweep died during the fork that begins now */
    void lost(List<BegunFork> times) {
        times.forEach(time -> out.println("The next fork began at " + time.begun() + " before, and the whole sweep died while it ran."
                + " It is tried once more."));
    }

    /** @param plan cells of the whole plan */
    void started(int number, int plan, int round, Cell cell) {
        out.printf("[%d/%d] %s%s ... ", number, plan, cell.label(),
                cell.forks() == 1 && round == 1 ? "" : ", fork " + round + (round > cell.forks() ? "" : " of " + cell.forks()));
        out.flush();
    }

    /**
     * A fork ended.
     *
     * @param ended the row of its cell where that has ended with it
     * @param rows  of all cells that have ended
     * @param left  forks that are still to run
     */
    void ended(ForkRow fork, Optional<CellRow> ended, Collection<CellRow> rows, int left) {
        forksRun++;
        seconds += fork.run().seconds();
        out.printf(Locale.ROOT, "%s %s(%.1f s): %s%s%n", fork.outcome(), ended.map(CellRow::score).isEmpty() ? ""
                : String.format(Locale.ROOT, "%.4g %s ", ended.get().score(), ended.get().unit()), fork.run().seconds(),
                counts(rows), left == 0 ? "" : ", about " + Span.words(seconds / forksRun * left) + " to go");
        ended.ifPresent(this::warn);
        sentence(fork.reason());
    }

    /** Warns about samples that still changed: the benchmark was not warm. */
    private void warn(CellRow row) {
        if (row.score() != null && row.measured().trend().state() == Trend.State.TRENDING) {
            sentence(String.format(Locale.ROOT, "It had not settled: its samples changed by %.0f %% from first to last; give it more"
                    + " warmup.", 100 * row.measured().trend().drift()));
        }
    }

    /**
     * The cells whose forks followed from what they gave have ended.
     *
     * @param ended       their rows; none without a budget
     * @param rows        of all cells that have ended
     * @param secondsLeft of the budget
     */
    void decided(List<CellRow> ended, Collection<CellRow> rows, double secondsLeft) {
        if (!ended.isEmpty()) {
            out.println(counts(rows) + ": " + (secondsLeft > 0 ? Span.words(secondsLeft) + " of the budget are left."
                    : "the budget is spent."));
            ended.forEach(this::warn);
        }
    }

    /** Reports a cell that did not run. */
    void skipped(CellRow row, Collection<CellRow> rows) {
        out.println(row.outcome() + ": " + counts(rows));
        sentence(row.reason());
    }

    /** @param words how far the machine drifted; empty where that is not known */
    void drift(String words) {
        sentence(words.isEmpty() ? "" : "The machine varied meanwhile, slowest to fastest ruler: " + words + ".");
    }

    private void sentence(String text) {
        if (!text.isEmpty()) {
            out.println("    " + text);
        }
        out.flush();
    }

    private String counts(Collection<CellRow> rows) {
        long done = rows.stream().filter(CellRow::isFine).count();
        return String.format("%d done, %d left, %d failed", done, cells - rows.size(), rows.size() - done);
    }
}
