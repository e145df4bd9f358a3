package io.notagenbench.sweep;

import io.notagenbench.device.KillSource;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.BegunFork;
import io.notagenbench.results.ForkReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the process of a cell ended.
 *
 * @param outcome one word
 * @param reason  the first line of the cause, empty where it is {@link Outcome#OK}
 */
record ForkEnd(Outcome outcome, String reason) {

    /** The exit code of a process that was killed is 128 plus the number of the signal. */
    static final int SIGINT = 130;
    static final int SIGTERM = 143;
    private static final int SIGKILL = 137;
    /** SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
    private static final List<Integer> CRASHES = List.of(132, 133, 134, 135, 136, 139);

    private static final String BEGINNING_OF_JMH = "# JMH version: ";
    private static final Pattern STACK_TRACE = Pattern.compile("\\s.*|Caused by: .*");
    private static final List<String> DEVICE_MEMORY = List.of("cuda out of memory", "cuda error: out of memory",
            "cudaerrormemoryallocation", "cuda_error_out_of_memory", "cuda failure 2:", "cudnn_status_alloc_failed",
            "cublas_status_alloc_failed");
    /** With the package, since every log shows the flag -XX:+ExitOnOutOfMemoryError. */
    private static final List<String> HOST_MEMORY = List.of("java.lang.outofmemoryerror", "std::bad_alloc", "bad allocation",
            "can't allocate memory", "cannot allocate memory", "failed to allocate memory",
            "insufficient memory for the java runtime environment");

    static ForkEnd ok() {
        return new ForkEnd(Outcome.OK, "");
    }

    static ForkEnd timeout(int seconds) {
        return new ForkEnd(Outcome.TIMEOUT, "It took longer than the " + seconds + " s that a fork of this plan may.");
    }

    /** The end of a fork during which the whole sweep died, each time that it began. */
    static ForkEnd lost(List<BegunFork> times) {
        Set<KillSource> killers = times.stream().map(BegunFork::lostTo).collect(Collectors.toSet());
        String what = "The whole sweep died while this fork ran, each time that it began: "
                + times.stream().map(BegunFork::begun).collect(Collectors.joining(", ")) + ". ";
        if (killers.contains(KillSource.KERNEL)) {
            return new ForkEnd(Outcome.OOM_HOST, what + "The kernel ended processes for lack of memory meanwhile;"
                    + " --retry OOM_HOST measures it again.");
        }
        if (killers.contains(KillSource.UNKNOWN)) {
            return new ForkEnd(Outcome.OOM_HOST, what + "That is most often for lack of memory, but the kernel does not tell, or"
                    + " it is another machine now or has been restarted; --retry OOM_HOST measures it again.");
        }
        return new ForkEnd(Outcome.NATIVE_CRASH, what + "The kernel ended no process for lack of memory meanwhile: it was a crash,"
                + " or somebody killed all of it; --retry NATIVE_CRASH measures it again.");
    }

    /** The end of a process with exit code 0 that left no result. */
    static ForkEnd withoutResult(List<String> log) {
        return new ForkEnd(memory(log), "JMH ended with exit code 0 and left no result.");
    }

    /**
     * How it ended: first by what the fork told, then by what JMH's process told, and last by how that itself ended.
     *
     * @param exitCode of JMH's process, not 0
     * @param log      what it printed: read for words of others, those of native code and of the JVM
     * @param killer   who may have sent a signal
     */
    static ForkEnd of(int exitCode, ForkReport report, List<String> log, KillSource killer) {
        ForkReport.Host host = report.host();
        if (host != null && host.outcome() != null) {
            return new ForkEnd(host.outcome(), host.reason());
        }
        if (report.failure() != null) {
            return failed(report.failure());
        }
        if (host != null) {
            return host.exitCode() == null ? failed(new ForkReport.Failure(null, host.reason())) : died(host, log, killer);
        }
        if (CRASHES.contains(exitCode)) {
            return new ForkEnd(Outcome.NATIVE_CRASH, "The process ended with exit code " + exitCode
                    + ", a crash in native code.");
        }
        if (exitCode == SIGKILL) {
            return killed("the process was killed", killer);
        }
        return new ForkEnd(memory(log), lastWords(log).orElse("The process ended with exit code " + exitCode
                + " and did not say why."));
    }

    private static ForkEnd failed(ForkReport.Failure failure) {
        return new ForkEnd(failure.outcome() == null ? memory(List.of(failure.reason())) : failure.outcome(), failure.reason());
    }

    private static ForkEnd died(ForkReport.Host host, List<String> log, KillSource killer) {
        if (host.exitCode() == SIGKILL) {
            return killed("the forked JVM ended with exit code " + SIGKILL, killer);
        }
        Outcome memory = memory(log);
        return new ForkEnd(CRASHES.contains(host.exitCode()) && memory == Outcome.ERROR ? Outcome.NATIVE_CRASH : memory,
                host.reason());
    }

    /** The last words of a process in which JMH did not end as it should: the JVM did not start, or an exception was not caught. */
    private static Optional<String> lastWords(List<String> log) {
        if (log.stream().noneMatch(line -> line.startsWith(BEGINNING_OF_JMH))) {
            return JvmOutput.cause(log);
        }
        return IntStream.range(1, log.size()).filter(i -> log.get(i).startsWith("\tat ")).mapToObj(i -> log.get(i - 1))
                .filter(line -> !STACK_TRACE.matcher(line).matches()).reduce((first, second) -> second);
    }

    private static ForkEnd killed(String what, KillSource killer) {
        return switch (killer) {
            case KERNEL -> new ForkEnd(Outcome.OOM_HOST, what + ": the kernel killed it for lack of memory");
            case OTHER -> new ForkEnd(Outcome.ERROR, what + ": somebody killed it; the kernel, which counts what it kills for"
                    + " want of memory, did not");
            case UNKNOWN -> new ForkEnd(Outcome.OOM_HOST, what + ": killed, most often for lack of memory");
        };
    }

    private static Outcome memory(List<String> lines) {
        String text = String.join("\n", lines).toLowerCase(Locale.ROOT);
        if (DEVICE_MEMORY.stream().anyMatch(text::contains)) {
            return Outcome.OOM_DEVICE;
        }
        return HOST_MEMORY.stream().anyMatch(text::contains) ? Outcome.OOM_HOST : Outcome.ERROR;
    }
}
