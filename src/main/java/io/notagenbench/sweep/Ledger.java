package io.notagenbench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.device.OomKills;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.BegunFork;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkLine;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.JmhResults;
import io.notagenbench.results.Journal;
import io.notagenbench.results.Measured;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of every cell of a run, in memory and on the disk: all forks that ended, those that
 * took an earlier sweep with them, and one row for each cell that ended. Safe for two threads: one that measures and one that ends the run.
 */
final class Ledger implements AutoCloseable {

    private final RunFolder folder;
    private final Map<Integer, Cell> cells;
    private final Allocation allocation;
    private final Map<Integer, List<ForkRow>> forks = new TreeMap<>();
    private final List<BegunFork> lost;
    private final Map<Integer, CellRow> rows = new TreeMap<>();
    private final Journal<ForkLine> forkJournal;
    private final Journal<CellRow> journal;
    private boolean decided;
    private boolean running;
    private boolean closed;

    private Ledger(RunFolder folder, Allocation allocation, List<ForkRow> keptForks, List<BegunFork> lost,
            List<CellRow> keptRows) throws IOException {
        this.folder = folder;
        this.allocation = allocation;
        cells = allocation.cells();
        this.lost = List.copyOf(lost);
        keptForks.forEach(fork -> forks.computeIfAbsent(fork.number(), number -> new ArrayList<>()).add(fork));
        keptRows.forEach(row -> rows.put(row.number(), row));
        forkJournal = folder.startForks(Stream.<ForkLine>concat(keptForks.stream(), lost.stream()).toList());
        journal = folder.startJournal(List.copyOf(rows.values()));
    }

    /**
     * Opens the ledger of a folder.
     *
     * @param allocation the cells, and how many forks each gets
     * @param retry      outcomes of cells that are to be measured again
     * @throws Fault (usage) if the folder holds a run of other cells
     */
    static Ledger open(RunFolder folder, Allocation allocation, Set<Outcome> retry) throws IOException {
        Map<Integer, Cell> cells = allocation.cells();
        List<CellRow> before = folder.isUsed() ? folder.rows() : List.of();
        for (CellRow row : before) {
            requireSame(folder, row.cell(), cells.get(row.number()));
        }
        List<ForkLine> lines = folder.forks();
        List<CellRow> kept = before.stream().filter(row -> isFinal(row, folder, retry)).toList();
        Set<Integer> ended = Set.copyOf(kept.stream().map(CellRow::number).distinct().toList());
        List<BegunFork> lost = lost(lines).stream().filter(fork -> !ended.contains(fork.number())).toList();
        for (BegunFork fork : lost) {
            requireSame(folder, fork.cell(), cells.get(fork.number()));
        }
        return new Ledger(folder, allocation, lines.stream().filter(ForkRow.class::isInstance).map(ForkRow.class::cast)
                .filter(fork -> fork.outcome() == Outcome.OK || ended.contains(fork.number())).toList(), lost, kept);
    }

    private static void requireSame(RunFolder folder, Cell held, Cell wanted) {
        if (!held.equals(wanted)) {
            throw Fault.usage(folder.path() + " holds a run of another plan or other parameters, with "
                    + held.label() + ": give those of that run, or name another folder.");
        }
    }

    /** Forks that began and did not end. */
    private static List<BegunFork> lost(List<ForkLine> lines) {
        OomKills now = OomKills.now();
        List<BegunFork> lost = new ArrayList<>();
        for (ForkLine line : lines) {
            if (line instanceof BegunFork begun) {
                lost.add(begun.lost(now));
            } else {
                lost.removeIf(begun -> begun.number() == line.number() && begun.round() == line.round());
            }
        }
        return lost;
    }

    /** A skipped cell is checked again: the machine may have a card or more memory now. */
    private static boolean isFinal(CellRow row, RunFolder folder, Set<Outcome> retry) {
        if (row.outcome() == Outcome.OK) {
            return folder.isMeasured(row);
        }
        return row.interrupted() == null && row.outcome() != Outcome.SKIPPED && !retry.contains(row.outcome());
    }

    synchronized boolean hasRow(int number) {
        return rows.containsKey(number);
    }

    /** Whether a fork of a cell need not be run. */
    synchronized boolean hasFork(int number, int round) {
        return forks(number).stream().anyMatch(fork -> fork.run().round() == round);
    }

    /** Rows so far, by number. */
    synchronized Collection<CellRow> rows() {
        return List.copyOf(rows.values());
    }

    /** Forks that ended, of all cells. */
    synchronized int forks() {
        return forks.values().stream().mapToInt(List::size).sum();
    }

    private List<ForkRow> forks(int number) {
        return forks.getOrDefault(number, List.of());
    }

    /** The times that an earlier sweep died while this fork ran. */
    List<BegunFork> lost(int number, int round) {
        return lost.stream().filter(fork -> fork.number() == number && fork.round() == round).toList();
    }

    /** Writes that a fork begins; to be called before its process starts. */
    synchronized void begin(int number, int round) throws IOException {
        if (!closed) {
            forkJournal.append(new BegunFork(number, round, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    cells.get(number), OomKills.now(), null));
            running = true;
        }
    }

    /** Keeps a fork, and the row of its cell where that has ended with it; returns the row. */
    synchronized Optional<CellRow> add(ForkRow fork) throws IOException {
        if (closed) {
            return Optional.empty();
        }
        forkJournal.append(fork);
        running = false;
        forks.computeIfAbsent(fork.number(), number -> new ArrayList<>()).add(fork);
        return endIfComplete(fork.number());
    }

    /** Writes the row of a cell whose forks have all ended: an earlier run may have died before it wrote the row. */
    synchronized Optional<CellRow> endIfComplete(int number) throws IOException {
        List<ForkRow> ended = forks(number);
        Optional<ForkRow> failed = ended.stream().filter(fork -> fork.outcome() != Outcome.OK).findFirst();
        if (failed.isEmpty() && (ended.size() < allocation.least(number) || isOpen(number))) {
            return Optional.empty();
        }
        List<JsonNode> results = ended.stream().filter(fork -> fork.outcome() == Outcome.OK)
                .sorted(Comparator.comparingInt(fork -> fork.run().round())).map(ForkRow::result).toList();
        return Optional.of(add(row(number, failed.map(fork -> new ForkEnd(fork.outcome(), fork.reason())).orElse(ForkEnd.ok()),
                results.isEmpty() ? null : measured(number, results))));
    }

    private Measured measured(int number, List<JsonNode> results) {
        Measured measured = Measured.of(JmhResults.merged(results));
        return allocation.open().contains(number) ? measured.untilDecided() : measured;
    }

    /** Whether a cell may still get forks because of what the others gave. */
    private boolean isOpen(int number) {
        return !decided && allocation.open().contains(number);
    }

    /** The cell that gets the next fork because of what all have given so far; empty where no cell does. */
    synchronized Optional<Integer> next() {
        return allocation.next(forks, rows.keySet());
    }

    /** Seconds that are left of the budget. */
    synchronized double secondsLeft() {
        return allocation.secondsLeft(forks);
    }

    /** Forks of a cell that ended. */
    synchronized int forksOf(int number) {
        return forks(number).size();
    }

    /** No cell gets another fork: each that has one and no row gets its row. */
    synchronized List<CellRow> decide() throws IOException {
        decided = true;
        List<CellRow> last = new ArrayList<>();
        for (int number : allocation.open()) {
            if (!closed && !hasRow(number) && !forks(number).isEmpty()) {
                endIfComplete(number).ifPresent(last::add);
            }
        }
        return last;
    }

    /** Writes the row of a cell that does not run. */
    synchronized CellRow skip(int number, String reason) throws IOException {
        return add(row(number, new ForkEnd(Outcome.SKIPPED, reason), null));
    }

    /**
     * Gives every cell that has none a row that says why, and ends: nothing is added afterwards.
     *
     * @return whether it had not ended before
     */
    synchronized boolean interrupt(String reason) throws IOException {
        boolean open = !closed;
        if (open) {
            List<CellRow> unfinished = cells.keySet().stream().filter(number -> !hasRow(number))
                    .map(number -> row(number, new ForkEnd(Outcome.ERROR, reason), null).asInterrupted()).toList();
            journal.append(unfinished);
            unfinished.forEach(row -> rows.put(row.number(), row));
        }
        close();
        return open;
    }

    private CellRow add(CellRow row) throws IOException {
        journal.append(row);
        rows.put(row.number(), row);
        return row;
    }

    private CellRow row(int number, ForkEnd end, Measured measured) {
        Cell cell = cells.get(number);
        List<ForkRow> ended = forks(number);
        boolean ok = end.outcome() == Outcome.OK;
        double seconds = ended.stream().mapToDouble(fork -> fork.run().seconds()).sum();
        return new CellRow(number, cell.benchmark(), cell.params(), cell.jmh(), end.outcome(), end.reason(),
                Math.round(seconds * 1000) / 1000.0, ok ? measured.score() : null,
                ok ? measured.unit() : null, device(ended), measured,
                ended.isEmpty() ? null : ended.stream().map(ForkRow::run).toList(), null, null);
    }

    private static String device(List<ForkRow> forks) {
        return forks.stream().map(ForkRow::device).filter(device -> device != null).findFirst().orElse(null);
    }

    /** A sweep that is stopped while a fork runs removes the line that the fork began: the fork did not kill the sweep. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (running) {
            running = false;
            forkJournal.takeBack();
        }
        forkJournal.close();
        journal.close();
    }
}
