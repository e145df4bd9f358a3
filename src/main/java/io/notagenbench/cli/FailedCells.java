package io.notagenbench.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/** The cells of a run that have no result, or one of fewer forks or iterations than asked for. */
final class FailedCells {

    private FailedCells() {
    }

    /** One line for each failed cell: its name, what is missing and why. */
    static List<String> lines(Map<BenchmarkParams, String> causes, Collection<RunResult> results) {
        Map<BenchmarkParams, RunResult> byCell = new LinkedHashMap<>();
        results.forEach(result -> byCell.put(result.getParams(), result));
        return causes.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue(), byCell.get(entry.getKey())))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String line(BenchmarkParams cell, String cause, RunResult result) {
        int wanted = Math.max(1, cell.getForks()) * cell.getMeasurement().getCount();
        int got = result == null ? 0 : iterations(result);
        if (got >= wanted && cause == null) {
            return "";
        }
        String reason = cause == null ? "no reason was given" : cause;
        return "  " + name(cell) + ": " + got + " of " + wanted + " iterations: " + reason;
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
