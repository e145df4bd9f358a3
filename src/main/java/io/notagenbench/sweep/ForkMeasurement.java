package io.notagenbench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.notagenbench.fault.Outcome;
import io.notagenbench.profiler.VramProfiler;
import io.notagenbench.results.Cell;
import io.notagenbench.results.ForkReport;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.ForkRun;
import io.notagenbench.results.Measured;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures one fork of a cell.
 *
 * @param job       what the sweep does
 * @param folder    where logs go
 * @param processes runs JMH
 * @param since     what its rows have as {@link ForkRun#since}
 */
record ForkMeasurement(Job job, RunFolder folder, CellProcess processes, String since) {

    private static final List<String> OF_CARDS = List.of("vram", "clocks");
    /** Each reading takes a lock of the driver, which launches of kernels need, too. */
    private static final String SELDOM = ":interval=100";

    /**
     * @param number of the cell in the plan
     * @param waited how long it waited for its turn
     * @throws IOException if the disk is full: what fails then says nothing of the benchmark
     */
    ForkRow run(int number, Cell cell, int round, int place, Duration waited) throws IOException, InterruptedException {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long start = System.nanoTime();
        Path log = folder.log(number, round);
        CellProcess.Finished finished = processes.run(arguments(cell, VramProfiler.isPossible()), log, job.timeoutSeconds());
        double seconds = (System.nanoTime() - start) / 1e9;
        Double running = finished.report().running();
        ForkRun run = new ForkRun(round, place, started.toString(), rounded(seconds), since, running == null ? null : rounded(running),
                waited.isZero() ? null : waited.toMillis() / 1000.0);
        ForkEnd end = finished.end().outcome() == Outcome.OK ? checked(finished.results()) : finished.end();
        if (end.outcome() != Outcome.OK && folder.isFull()) {
            throw new IOException("no space is left on its disk");
        }
        ForkReport report = finished.report();
        if (end.outcome() == Outcome.OK && report.abc() != null) {
            folder.writePiece(number, report.abc());
        }
        return new ForkRow(number, run, end.outcome(), end.reason(), report.device(), report.peakBytes(),
                end.outcome() == Outcome.OK ? finished.results().get(0) : null);
    }

    /** To milliseconds. */
    private static double rounded(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }

    private static ForkEnd checked(List<JsonNode> results) {
        if (results.size() != 1) {
            return new ForkEnd(Outcome.ERROR, "JMH left " + results.size() + " results of one cell.");
        }
        try {
            Measured.of(results.get(0));
            return ForkEnd.ok();
        } catch (IllegalArgumentException e) {
            return new ForkEnd(Outcome.ERROR, "JMH's result is of no use: " + e.getMessage() + ".");
        }
    }

    /**
     * JMH's command line for one fork of a cell.
     *
     * @param cardsTell whether cards can be asked while a fork computes on one: then its row has their memory and clocks
     */
    static List<String> arguments(Cell cell, boolean cardsTell) {
        List<String> arguments = new ArrayList<>();
        arguments.add("^" + cell.benchmark().replace(".", "\\.") + "$");
        cell.params().forEach((name, value) -> arguments.addAll(List.of("-p", name + "=" + value)));
        cell.jmh().forEach((option, value) -> {
            for (String single : option.equals(Cell.PROFILERS) ? cell.profilers() : List.of(value)) {
                arguments.addAll(List.of("-" + option, option.equals(Cell.FORKS) && cell.forks() > 1 ? "1" : single));
            }
        });
        if (cardsTell && !CellCheck.isOnCpu(cell)) {
            Set<String> given = cell.profilers().stream().map(profiler -> profiler.replaceFirst(":.*", "")).collect(Collectors.toSet());
            OF_CARDS.stream().filter(name -> !given.contains(name))
                    .forEach(name -> arguments.addAll(List.of("-prof", name + SELDOM)));
        }
        return arguments;
    }
}
