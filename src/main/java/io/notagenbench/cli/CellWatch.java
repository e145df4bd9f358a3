package io.notagenbench.cli;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Passes JMH's output on and remembers which cells began and what went wrong in them: JMH itself drops a failed cell
 * from its results without a word in its exit code.
 */
final class CellWatch implements OutputFormat {

    private static final String FAILURE = "<failure>";
    private static final String DEAD_FORK = "<forked VM failed with exit code ";
    private static final String NO_FORK = "<failed to invoke the VM";

    private final OutputFormat out;
    private final Map<BenchmarkParams, String> causes = new LinkedHashMap<>();
    private BenchmarkParams cell;
    private boolean causeFollows;

    CellWatch(OutputFormat out) {
        this.out = out;
    }

    /** The cells that began, each with the first line of its first failure, or null where none was told. */
    synchronized Map<BenchmarkParams, String> causes() {
        return new LinkedHashMap<>(causes);
    }

    @Override
    public synchronized void startBenchmark(BenchmarkParams params) {
        if (params.getMeasurement().getCount() > 0) {
            cell = params;
            causes.putIfAbsent(cell, null);
        }
        out.startBenchmark(params);
    }

    @Override
    public synchronized void println(String text) {
        String line = firstLine(text);
        if (line.equals(FAILURE)) {
            causeFollows = true;
        } else if (causeFollows && !line.isBlank()) {
            causeFollows = false;
            tell(line.replaceFirst("^io\\.notagenbench\\.fault\\.Fault: ", ""));
        } else if (line.startsWith(DEAD_FORK)) {
            tell(deadFork(line.substring(DEAD_FORK.length(), line.indexOf('>'))));
        } else if (line.startsWith(NO_FORK)) {
            tell(line.replaceAll("[<>]", ""));
        }
        out.println(text);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String deadFork(String code) {
        String reason = switch (code) {
            case "134", "139" -> ", a crash in native code";
            case "3" -> ", for want of Java heap";
            case "137" -> ", killed, most often for want of memory";
            default -> "";
        };
        return "the forked JVM ended with exit code " + code + reason;
    }

    private void tell(String cause) {
        if (cell != null) {
            causes.merge(cell, cause, (first, second) -> first);
        }
    }

    @Override
    public void iteration(BenchmarkParams params, IterationParams iteration, int number) {
        out.iteration(params, iteration, number);
    }

    @Override
    public void iterationResult(BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {
        out.iterationResult(params, iteration, number, result);
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        out.endBenchmark(result);
    }

    @Override
    public void startRun() {
        out.startRun();
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        out.endRun(results);
    }

    @Override
    public void print(String text) {
        out.print(text);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.close();
    }

    @Override
    public void verbosePrintln(String text) {
        out.verbosePrintln(text);
    }

    @Override
    public void write(int b) {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }
}
