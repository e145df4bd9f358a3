package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import io.notagenbench.results.Environment;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Runs the forks of a plan's cells in rounds, and stores each result before the next fork begins. */
public final class Sweep {

    private static final Pattern FULL = Pattern.compile("(?i)no space|quota");

    private final Job job;
    private final RunFolder folder;
    private final CellProcess processes;
    private final PrintWriter out;
    private final JmhLock lock;
    private final LockFile.Locks locks;

    /**
     * @param job       what to measure
     * @param folder    where results go
     * @param processes runs JMH
     * @param out       for progress
     */
    public Sweep(Job job, RunFolder folder, CellProcess processes, PrintWriter out) {
        this(job, folder, processes, out, LockFile.Locks.SYSTEM);
    }

    /** @param locks of the folder */
    Sweep(Job job, RunFolder folder, CellProcess processes, PrintWriter out, LockFile.Locks locks) {
        this.job = job;
        this.folder = folder;
        this.processes = processes;
        this.out = out;
        this.locks = locks;
        lock = JmhLock.ofJmh(this::say);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * Runs all cells, or those that have not yet ended.
     *
     * @param environment what the run runs on
     * @param refusal     why a cell cannot run
     * @param start       how it begins
     * @return a row for each cell, in the order of the plan
     * @throws Fault (usage) if the folder holds a run that is not to be continued, or one of other cells; (failed) if
     *               another sweep writes there, the folder cannot be written, or the run was interrupted
     */
    public List<CellRow> run(PresentEnvironment environment, Function<Cell, Optional<String>> refusal, SweepStart start) {
        try {
            folder.create();
            try (FolderLock held = FolderLock.take(folder.path(), this::say, locks)) {
                if (folder.isUsed() && !start.resume()) {
                    throw Fault.usage(folder.path()
                            + " holds a run already: go on with it by --resume, or name another folder.");
                }
                return measure(environment, refusal, start);
            }
        } catch (IOException e) {
            throw Fault.failed("The results cannot be written to " + folder.path() + ": " + e + ". " + fix(e), e);
        } catch (InterruptedException e) {
            throw Fault.failed("The run was interrupted: go on with --resume.", e);
        }
    }

    private String fix(IOException e) {
        if (!folder.isUsed()) {
            return "Name a folder that you may write to: -o FOLDER.";
        }
        return "What is there is whole: " + (FULL.matcher(e.toString()).find() ? "make room" : "mend that")
                + " and go on with --resume.";
    }

    private List<CellRow> measure(PresentEnvironment environment, Function<Cell, Optional<String>> refusal, SweepStart start)
            throws IOException, InterruptedException {
        long seed = folder.environment().map(Environment::orderSeed).orElse(OptionalLong.empty()).orElse(job.orderSeed());
        Allocation allocation = new Allocation(job.cells(), job.budget(), seed);
        try (Ledger ledger = Ledger.open(folder, allocation, start.retry());
                Ruler ruler = Ruler.open(folder, processes, lock, job.ruler()); processes) {
            PresentConditions resumption = PresentConditions.in(folder,
                    environment.with(job.shard().equals(Shard.WHOLE) ? null : job.shard().toString(), seed));
            if (!resumption.words().isEmpty()) {
                out.println(resumption.words());
            }
            processes.clear();
            Thread hook = new Thread(() -> stop(ledger), "sweep-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            new SweepLoop(job, new Rounds(allocation, seed), ledger, new ForkMeasurement(job, folder,
                    processes, resumption.since()), lock, refusal, new SweepProgress(out, job.cells().size())).run(ruler);
            Runtime.getRuntime().removeShutdownHook(hook);
            return List.copyOf(ledger.rows());
        }
    }

    /** Closes the ledger first, so that output of the dying processes is ignored. */
    private void stop(Ledger ledger) {
        try {
            ledger.interrupt("The sweep was stopped by Ctrl-C or SIGTERM before this cell had ended: --resume"
                    + " measures it.");
            processes.stop();
        } catch (IOException e) {
            processes.stop();
            out.println("The journal could not be closed: " + e.getMessage() + ".");
        }
    }
}
