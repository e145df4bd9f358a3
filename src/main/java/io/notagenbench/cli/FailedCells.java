package io.notagenbench.cli;

import io.notagenbench.results.ForkReport;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/** The cells of a run that have no result, or one of fewer forks or iterations than asked for. */
final class FailedCells {

    private static final ForkReport.Host NOT_TOLD = new ForkReport.Host(null, null, "no reason was given");

    /**
     * A cell that failed.
     *
     * @param line  its name, what is missing and why
     * @param words what this process knows of it
     */
    record Failed(String line, ForkReport.Host words) {
    }

    private FailedCells() {
    }

    static List<Failed> of(Map<BenchmarkParams, ForkReport.Host> causes, Collection<RunResult> results) {
        Map<BenchmarkParams, RunResult> byCell = new LinkedHashMap<>();
        results.forEach(result -> byCell.put(result.getParams(), result));
        return causes.entrySet().stream().map(entry -> failed(entry.getKey(), entry.getValue(), byCell.get(entry.getKey())))
                .flatMap(Optional::stream).toList();
    }

    private static Optional<Failed> failed(BenchmarkParams cell, ForkReport.Host cause, RunResult result) {
        int wanted = Math.max(1, cell.getForks()) * cell.getMeasurement().getCount();
        int got = result == null ? 0 : iterations(result);
        if (got >= wanted && cause == null) {
            return Optional.empty();
        }
        ForkReport.Host words = cause == null ? NOT_TOLD : cause;
        return Optional.of(new Failed("  " + name(cell) + ": " + got + " of " + wanted + " iterations: " + words.reason(), words));
    }

    private static int iterations(RunResult result) {
        return result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .mapToInt(Collection::size)
                .sum();
    }

    private static String name(BenchmarkParams cell) {
        String parameters = cell.getParamsKeys().stream()
                .map(key -> key + "=" + cell.getParam(key))
                .collect(Collectors.joining(" "));
        return cell.getBenchmark() + (parameters.isEmpty() ? "" : " " + parameters);
    }
}
