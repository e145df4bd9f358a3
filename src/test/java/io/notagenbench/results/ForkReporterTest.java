package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.FailureAssistException;

class ForkReporterTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void ask() {
        file = folder.resolve("fork.json");
        String flag = ForkReport.flags(file).get(0);
        assertThat(flag).isEqualTo("-D" + ForkReport.FILE + "=" + file.toAbsolutePath());
        System.setProperty(ForkReport.FILE, file.toString());
    }

    @AfterEach
    void askNoMore() {
        System.clearProperty(ForkReport.FILE);
    }

    /** As JMH runs a benchmark: what it threw is wrapped twice. */
    private static void run(List<Throwable> thrown) throws Exception {
        ReportingExecutor executor = new ReportingExecutor(1, "a.B.c");
        ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(executor);
        for (Throwable each : thrown) {
            Callable<Integer> task = () -> {
                if (each == null) {
                    return 1;
                }
                throw new Exception(new InvocationTargetException(each));
            };
            service.submit(task);
        }
        for (Throwable each : thrown) {
            if (each == null) {
                assertThat(service.take().get()).isEqualTo(1);
            } else {
                assertThatThrownBy(() -> service.take().get()).isInstanceOf(ExecutionException.class)
                        .rootCause().isSameAs(each);
            }
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theFirstThatABenchmarkThrowsIsItsFailure() throws Exception {
        ForkReporter.onDevice("NVIDIA L40S");
        run(List.of(new FailureAssistException(), Fault.failed(Outcome.WRONG_OUTPUT, "1 is not 2"),
                new IllegalStateException("later")));
        ForkReport report = ForkReport.read(file);
        assertThat(report.failure()).isEqualTo(new ForkReport.Failure(Outcome.WRONG_OUTPUT, "WRONG_OUTPUT: 1 is not 2"));
        assertThat(report.device()).isEqualTo("NVIDIA L40S");
        assertThat(report.running()).isPositive();
        assertThat(report.host()).isNull();
    }

    @Test
    void aThreadThatIsInterruptedReports() throws Exception {
        Thread.currentThread().interrupt();
        ForkReporter.onDevice("NVIDIA L40S");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ForkReport.read(file).device()).isEqualTo("NVIDIA L40S");
    }

    @Test
    void aFaultWithoutAnOutcomeAndAnErrorOfOthersHaveTheirReasonAlone() throws Exception {
        run(List.of(Fault.usage("Choose another.")));
        assertThat(ForkReport.read(file).failure()).isEqualTo(new ForkReport.Failure(null, "Choose another."));
        Files.delete(file);
        run(List.of(new OutOfMemoryError("Cannot reserve 10 bytes")));
        assertThat(ForkReport.read(file).failure())
                .isEqualTo(new ForkReport.Failure(null, "java.lang.OutOfMemoryError: Cannot reserve 10 bytes"));
    }

    @Test
    void aForkThatEndsWellTellsItsMemoryAndItsPiece() throws Exception {
        ForkReporter.wrote(() -> "X:0");
        ForkReporter.wrote(() -> "X:1");
        run(Arrays.asList(null, null));
        ForkReport report = ForkReport.read(file);
        assertThat(report.failure()).isNull();
        assertThat(report.abc()).isEqualTo("X:1");
        assertThat(report.peakBytes() == null || report.peakBytes() > 1 << 20).isTrue();
    }

    @Test
    void ofJmhsProcessTheFirstWordCountsAndTheForksOwnStays() throws IOException {
        ForkReporter.failed(new IllegalStateException("first"));
        ForkReporter.atHost(new ForkReport.Host(134, null, "the forked JVM ended"));
        ForkReporter.atHost(new ForkReport.Host(null, null, "later"));
        ForkReport report = ForkReport.read(file);
        assertThat(report.failure().reason()).isEqualTo("java.lang.IllegalStateException: first");
        assertThat(report.host()).isEqualTo(new ForkReport.Host(134, null, "the forked JVM ended"));
    }

    @Test
    void withoutAFileNothingIsTold() throws Exception {
        System.clearProperty(ForkReport.FILE);
        ForkReporter.onDevice("NVIDIA L40S");
        run(List.of(new IllegalStateException()));
        assertThat(folder).isEmptyDirectory();
        assertThat(ForkReport.read(file)).isEqualTo(ForkReport.NONE);
    }

    @Test
    void aLongMessageIsCutBehindItsFirstLine() {
        String line = "x".repeat(400);
        assertThat(ForkReport.Failure.sentence(line + "\nmore")).isEqualTo(line + "...");
        assertThat(ForkReport.Failure.sentence("short\n  and " + line)).hasSize(303).startsWith("short and x").endsWith("...");
    }
}
