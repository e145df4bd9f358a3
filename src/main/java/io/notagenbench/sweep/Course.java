package io.notagenbench.sweep;

import java.io.IOException;
import java.util.Collection;
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
record Course(Job job, Rounds rounds, Ledger ledger, ForkMeasurement measurement, JmhLock lock,
        Function<Cell, Optional<String>> refusal,
        SweepProgress progress) {

    /** Measures what is left; the ruler is laid on before, between and after the rounds. */
    void run(Ruler ruler, RunFolder folder) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds.count(); round++) {
            int place = 0;
            for (int number : rounds.order(round)) {
                place++;
                if (!ledger.hasRow(number)) {
                    ruler.measureIfDue(ledger.forks());
                    step(number, round, place);
                }
            }
            folder.writeResults(ledger.rows());
            ruler.measure(ledger.forks());
        }
        progress.drift(ruler.words());
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
        try (JmhLock.Turn turn = lock.await()) {
            progress.started(number, job.plan(), round, cell);
            ForkRow fork = measurement.run(number, cell, round, place, turn.waited());
            progress.ended(fork, ledger.add(fork), ledger.rows(), rounds.left(ledger));
        }
    }

    private static Optional<String> tooLarge(Cell cell, Collection<CellRow> ended) {
        Footprint footprint = new Footprint();
        return ended.stream().map(row -> footprint.refusal(cell, row)).flatMap(Optional::stream).findFirst();
    }
}
