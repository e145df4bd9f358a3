package io.notagenbench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs the cells of a plan one after the other, and keeps what each gave before the next begins. */
public final class Sweep {

    /** What a state that owns a model prints in a fork on a card. */
    private static final Pattern DEVICE = Pattern.compile("device=\\S+ is (.+)");

    private final List<Cell> cells;
    private final int timeoutSeconds;
    private final RunFolder folder;
    private final CellProcess processes;
    private final PrintWriter out;

    /**
     * @param cells          what to measure
     * @param timeoutSeconds the longest that one cell may take
     * @param folder         where results go
     * @param processes      runs a cell
     * @param out            for progress
     */
    public Sweep(List<Cell> cells, int timeoutSeconds, RunFolder folder, CellProcess processes, PrintWriter out) {
        this.cells = List.copyOf(cells);
        this.timeoutSeconds = timeoutSeconds;
        this.folder = folder;
        this.processes = processes;
        this.out = out;
    }

    /**
     * Runs all cells, or those that are not yet OK.
     *
     * @param environment what the run runs on
     * @param refusal     why a cell cannot run
     * @param resume      whether the folder holds a run of these cells that is to be continued
     * @return a row for each cell, in the order of the plan
     * @throws Fault (usage) if the folder holds a run that is not to be continued, or one of other cells; (failed) if
     *               the folder cannot be written, or the run was interrupted
     */
    public List<CellRow> run(Environment environment, Function<Cell, Optional<String>> refusal, boolean resume) {
        List<CellRow> kept = kept(resume);
        try {
            folder.create();
            folder.writeEnvironment(environment);
            return measure(kept, refusal);
        } catch (IOException e) {
            throw Fault.failed("The results cannot be written to " + folder.path() + ": " + e
                    + ". What is there is whole: make room and go on with --resume.", e);
        } catch (InterruptedException e) {
            throw Fault.failed("The run was interrupted: go on with --resume.", e);
        }
    }

    /** The cells of an earlier run that need not be repeated. */
    private List<CellRow> kept(boolean resume) {
        if (!folder.isUsed()) {
            return List.of();
        }
        if (!resume) {
            throw Fault.usage(folder.path() + " holds a run already: go on with it by --resume, or name another folder.");
        }
        List<CellRow> rows = folder.rows();
        for (CellRow row : rows) {
            if (row.number() < 1 || row.number() > cells.size() || !cells.get(row.number() - 1).equals(row.cell())) {
                throw Fault.usage(folder.path() + " holds a run of another plan or other parameters, with "
                        + row.cell().label() + ": give those of that run, or name another folder.");
            }
        }
        return rows.stream().filter(row -> row.outcome() == Outcome.OK && Files.exists(folder.cell(row.number())))
                .toList();
    }

    private List<CellRow> measure(List<CellRow> kept, Function<Cell, Optional<String>> refusal)
            throws IOException, InterruptedException {
        Map<Integer, CellRow> done = kept.stream()
                .collect(Collectors.toMap(CellRow::number, Function.identity(), (first, second) -> second));
        SweepProgress progress = new SweepProgress(out, cells.size(), cells.size() - done.size());
        try (Journal journal = Journal.start(folder.journal(), kept)) {
            Thread hook = new Thread(() -> stop(journal), "sweep-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            List<CellRow> rows = new ArrayList<>();
            for (int number = 1; number <= cells.size(); number++) {
                CellRow row = done.get(number);
                if (row == null) {
                    Cell cell = cells.get(number - 1);
                    progress.started(number, cell);
                    row = row(number, cell, refusal.apply(cell));
                    journal.append(row);
                    progress.ended(row);
                }
                rows.add(row);
                folder.writeResults(rows);
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            return rows;
        }
    }

    private void stop(Journal journal) {
        processes.stop();
        try {
            journal.close();
        } catch (IOException e) {
            out.println("The journal could not be closed: " + e.getMessage() + ".");
        }
    }

    private CellRow row(int number, Cell cell, Optional<String> refusal) throws IOException, InterruptedException {
        if (refusal.isPresent()) {
            return row(number, cell, new Verdict(Outcome.SKIPPED, refusal.get()), 0, null, null);
        }
        waitForOtherRuns();
        long start = System.nanoTime();
        Files.deleteIfExists(folder.cell(number));
        Verdict verdict = processes.run(cell, folder.cell(number), folder.log(number), timeoutSeconds);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> log = CellProcess.lines(folder.log(number));
        String device = device(log);
        if (verdict.outcome() != Outcome.OK) {
            return row(number, cell, verdict, seconds, null, device);
        }
        try {
            CellRow measured = row(number, cell, verdict, seconds, null, device);
            return row(number, cell, verdict, seconds, folder.result(measured), device);
        } catch (Fault noResult) {
            Verdict without = Verdict.of(0, log);
            return row(number, cell, new Verdict(without.outcome(), noResult.getMessage()), seconds, null, device);
        }
    }

    /** What the first fork says of its card; null where no fork says so. */
    static String device(List<String> log) {
        return log.stream().map(DEVICE::matcher).filter(Matcher::matches).map(matcher -> matcher.group(1)).findFirst()
                .orElse(null);
    }

    private void waitForOtherRuns() throws InterruptedException {
        JmhLock lock = JmhLock.ofJmh();
        if (!Boolean.getBoolean("jmh.ignoreLock") && !lock.isFree()) {
            out.print("waiting for another JMH run on this machine ... ");
            out.flush();
            lock.awaitFree(timeoutSeconds);
        }
    }

    private static CellRow row(int number, Cell cell, Verdict verdict, double seconds, JsonNode result,
            String device) {
        return new CellRow(number, cell.benchmark(), cell.params(), cell.jmh(), verdict.outcome(), verdict.reason(),
                Math.round(seconds * 1000) / 1000.0, result == null ? null : result.at("/primaryMetric/score").asDouble(),
                result == null ? null : result.at("/primaryMetric/scoreUnit").asText(), device,
                result == null ? null : Measured.of(result), null, null);
    }
}
