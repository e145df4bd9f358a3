package io.notagenbench.sweep;

import io.notagenbench.results.BegunFork;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.ForkRun;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way through the rounds of a sweep.
 *
 * @param job         what to measure
 * @param rounds      in which order
 * @param ledger      what is known
 * @param measurement runs a fork
 * @param lock        is held while a fork runs
 * @param refusal     why a cell cannot run
 * @param progress    tells of it
 */
record SweepLoop(Job job, Rounds rounds, Ledger ledger, ForkMeasurement measurement, JmhLock lock,
        Function<Cell, Optional<String>> refusal,
        SweepProgress progress) {

    /** How often the sweep may die during a fork before it gives that fork up. */
    private static final int MOST_LOST = 2;

    /** Measures what is left; the ruler is read before and after the rounds, and between long ones. */
    void run(Ruler ruler) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds.count(); round++) {
            int place = 0;
            for (int number : rounds.order(round)) {
                place++;
                if (!ledger.hasRow(number)) {
                    ruler.measureWithinARound(ledger.forks());
                    step(number, round, place);
                }
            }
            ruler.measureBetweenRounds(ledger.forks());
        }
        ruler.measure(ledger.forks());
        spend(ruler);
        progress.drift(ruler.words());
    }

    /** What is left of a budget goes to the cells that are not decided yet; without a budget there are none. */
    private void spend(Ruler ruler) throws IOException, InterruptedException {
        Optional<Integer> next = ledger.next();
        for (int place = 1; next.isPresent(); place++) {
            ruler.measureWithinARound(ledger.forks());
            step(next.get(), ledger.forksOf(next.get()) + 1, place);
            next = ledger.next();
        }
        progress.decided(ledger.decide(), ledger.rows(), ledger.secondsLeft());
        ruler.measure(ledger.forks());
    }

    private void step(int number, int round, int place) throws IOException, InterruptedException {
        Cell cell = job.cells().get(number);
        if (ledger.hasFork(number, round)) {
            ledger.endIfComplete(number);
            return;
        }
        Optional<String> impossible = refusal.apply(cell).or(() -> tooLarge(cell, ledger.rows()));
        if (impossible.isPresent()) {
            progress.started(number, job.plan(), round, cell);
            progress.skipped(ledger.skip(number, impossible.get()), ledger.rows());
            return;
        }
        List<BegunFork> lost = ledger.lost(number, round);
        if (lost.size() >= MOST_LOST) {
            progress.started(number, job.plan(), round, cell);
            ForkEnd end = ForkEnd.lost(lost);
            end(new ForkRow(number, new ForkRun(round, place, lost.get(lost.size() - 1).begun(), 0, measurement.since(), null, null),
                    end.outcome(), end.reason(), null, null, null));
            return;
        }
        try (JmhLock.Turn turn = lock.await()) {
            progress.lost(lost);
            progress.started(number, job.plan(), round, cell);
            ledger.begin(number, round);
            end(measurement.run(number, cell, round, place, turn.waited()));
        }
    }

    private void end(ForkRow fork) throws IOException {
        progress.ended(fork, ledger.add(fork), ledger.rows(), rounds.left(ledger));
    }

    private static Optional<String> tooLarge(Cell cell, Collection<CellRow> ended) {
        Footprint footprint = new Footprint();
        return ended.stream().map(row -> footprint.refusal(cell, row)).flatMap(Optional::stream).findFirst();
    }
}
