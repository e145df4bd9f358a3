package io.notagenbench.cli;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.ForkReport;
import io.notagenbench.sweep.JvmOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final String TIMED_OUT = "(benchmark timed out, interrupted";
    private static final String ERRORS_OF_FORK = "<stderr last=";
    private static final String LOCK_IGNORED = "# WARNING: JMH lock is ignored by user request";
    private static final String END_OF_ERRORS = "</stderr>";

    private final OutputFormat out;
    private final boolean lockIgnored;
    private final Map<BenchmarkParams, ForkReport.Host> causes = new LinkedHashMap<>();
    private BenchmarkParams cell;
    private boolean causeFollows;
    private boolean timedOut;
    /** A fork that died and does not say why by its exit code: the end of its standard error may. */
    private ForkReport.Host unexplained;
    private boolean errorsFollow;
    private final List<String> errors = new ArrayList<>();

    /** @param lockIgnored whether a person wants no lock, so that what JMH says of it is true */
    CellWatch(OutputFormat out, boolean lockIgnored) {
        this.out = out;
        this.lockIgnored = lockIgnored;
    }

    /** The cells that began, each with what its first failure says, or null where none was told. */
    synchronized Map<BenchmarkParams, ForkReport.Host> causes() {
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
        String line = text.lines().findFirst().orElse("");
        if (line.equals(FAILURE)) {
            causeFollows = true;
        } else if (causeFollows && !line.isBlank()) {
            causeFollows = false;
            tell(failure(sentence(text)));
        } else if (line.startsWith(DEAD_FORK)) {
            forkDied(line.substring(DEAD_FORK.length(), line.indexOf('>')));
        } else if (line.startsWith(NO_FORK)) {
            tell(new ForkReport.Host(null, null, line.replaceAll("[<>]", "")));
        } else if (line.startsWith(ERRORS_OF_FORK)) {
            errorsFollow = unexplained != null;
        } else if (errorsFollow && line.equals(END_OF_ERRORS)) {
            errorsFollow = false;
            explain();
        } else if (errorsFollow) {
            errors.add(text);
        }
        if (lockIgnored || !line.startsWith(LOCK_IGNORED)) {
            out.println(text);
        }
    }

    private static String sentence(String text) {
        return ForkReport.Failure.sentence(text.lines().takeWhile(line -> !line.startsWith("\tat ")).collect(Collectors.joining("\n"))
                .replaceFirst("^" + Pattern.quote(Fault.class.getName() + ": "), ""));
    }

    private ForkReport.Host failure(String reason) {
        return timedOut && cell != null ? new ForkReport.Host(null, Outcome.TIMEOUT, Outcome.TIMEOUT
                + ": JMH interrupted the iteration after " + cell.getTimeout() + ": " + reason)
                : new ForkReport.Host(null, null, reason);
    }

    private void forkDied(String code) {
        String reason = switch (code) {
            case "132", "133", "134", "135", "136", "139" -> ", a crash in native code";
            case "3" -> ", for lack of Java heap";
            case "137" -> ", killed, most often for lack of memory";
            default -> "";
        };
        ForkReport.Host cause = new ForkReport.Host(Integer.valueOf(code), null, "the forked JVM ended with exit code " + code + reason);
        unexplained = reason.isEmpty() && cell != null && causes.get(cell) == null ? cause : null;
        tell(cause);
    }

    private void explain() {
        JvmOutput.cause(errors).ifPresent(words -> causes.put(cell, new ForkReport.Host(unexplained.exitCode(), null,
                unexplained.reason() + ": " + sentence(words))));
        errors.clear();
        unexplained = null;
    }

    private void tell(ForkReport.Host cause) {
        if (cell != null) {
            causes.merge(cell, cause, (first, second) -> first);
        }
    }

    @Override
    public synchronized void iteration(BenchmarkParams params, IterationParams iteration, int number) {
        timedOut = false;
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
    public synchronized void print(String text) {
        timedOut |= text.startsWith(TIMED_OUT);
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
