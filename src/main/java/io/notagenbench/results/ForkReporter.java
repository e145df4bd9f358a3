package io.notagenbench.results;

import io.notagenbench.device.LoadedMemory;
import io.notagenbench.device.ResidentMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.runner.FailureAssistException;

/**
 * Writes the {@link ForkReport} of this process. In a process that no sweep has started, which has no file for it, nothing
 * happens.
 */
public final class ForkReporter {

    private static Supplier<String> newest;

    private ForkReporter() {
    }

    /** Whether a sweep reads what this process reports. */
    private static boolean isAsked() {
        return System.getProperty(ForkReport.FILE) != null;
    }

    /** What is measured is on a card: its name and the memory that was taken there. */
    public static void onDevice(String place) {
        update(report -> report.withDevice(place));
    }

    /** A piece was written: the newest counts. Its text is made when nothing is measured any more. */
    public static synchronized void wrote(Supplier<String> abc) {
        newest = isAsked() ? abc : null;
    }

    /** A benchmark threw something; the first counts. In other threads JMH throws a helper of its own, which says nothing. */
    static void failed(Throwable thrown) {
        if (thrown instanceof FailureAssistException) {
            return;
        }
        update(report -> report.withFailure(ForkReport.Failure.of(thrown)).withPeak(peak()));
    }

    /** All benchmarks of this fork have ended, which took so long. */
    static void ended(double seconds) {
        update(report -> {
            ForkReport whole = report.withPeak(peak()).withRunning(seconds + (report.running() == null ? 0 : report.running()));
            return newest == null ? whole : whole.withAbc(newest.get());
        });
    }

    /** JMH's process has seen a fork end badly, or could not start one; the first call counts. */
    public static void atHost(ForkReport.Host words) {
        update(report -> report.withHost(words));
    }

    /** The peak begins anew with every iteration where a profiler reads it: loading may have taken more. */
    private static Long peak() {
        return ResidentMemory.ofThisProcess().map(memory -> Math.max(memory.peak(),
                LoadedMemory.newest().map(LoadedMemory::peakBytes).orElse(0L))).orElse(null);
    }

    /** JMH's process writes when its fork is gone, so two never write at once. What is measured does not fail for a full disk. */
    private static synchronized void update(UnaryOperator<ForkReport> change) {
        if (!isAsked()) {
            return;
        }
        Path file = Path.of(System.getProperty(ForkReport.FILE));
        // An executor that shuts down interrupts its threads, and a channel that one of them writes to is closed then.
        boolean interrupted = Thread.interrupted();
        try {
            change.apply(ForkReport.read(file)).write(file);
        } catch (IOException e) {
            System.err.println("The report of this fork cannot be written: " + e + ".");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
