package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.device.KillSource;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.ForkReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ForkEndTest {

    private static ForkReport failed(Throwable thrown) {
        return new ForkReport(null, null, ForkReport.Failure.of(thrown), null, null, null);
    }

    private static ForkReport host(Integer exitCode, Outcome outcome, String reason) {
        return new ForkReport(null, null, null, new ForkReport.Host(exitCode, outcome, reason), null, null);
    }

    private static ForkEnd end(ForkReport report, String... log) {
        return ForkEnd.of(1, report, List.of(log), KillSource.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, names = {"WRONG_OUTPUT", "CONTEXT_FULL", "OOM_DEVICE", "DEVICE_FALLBACK", "TIMEOUT"})
    void aFaultOfTheSuiteIsItsOutcome(Outcome outcome) {
        assertThat(end(failed(Fault.failed(outcome, "the state has 1.0,\nnot 2.0"))))
                .isEqualTo(new ForkEnd(outcome, outcome + ": the state has 1.0, not 2.0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "OOM_HOST; java.lang.OutOfMemoryError: Java heap space",
        "OOM_DEVICE; ai.djl.engine.EngineException: CUDA out of memory. Tried to allocate 2.00 GiB",
        "OOM_HOST; The model cannot be loaded: std::bad_alloc",
        "ERROR; WRONG_OUTPUT: a word that nobody but the suite may say",
        "ERROR; java.lang.IllegalStateException: something"})
    void whatOthersSayIsReadForWantOfMemory(Outcome outcome, String reason) {
        assertThat(end(new ForkReport(null, null, new ForkReport.Failure(null, reason), null, null, null)))
                .isEqualTo(new ForkEnd(outcome, reason));
        assertThat(end(host(null, null, reason))).isEqualTo(new ForkEnd(outcome, reason));
    }

    @Test
    void whatTheForkSaysCountsBeforeWhatWasSeenOfIt() {
        ForkReport both = new ForkReport(null, null, new ForkReport.Failure(Outcome.WRONG_OUTPUT, "WRONG_OUTPUT: x"),
                new ForkReport.Host(139, null, "the forked JVM ended with exit code 139"), null, null);
        assertThat(end(both)).isEqualTo(new ForkEnd(Outcome.WRONG_OUTPUT, "WRONG_OUTPUT: x"));
        ForkReport interrupted = new ForkReport(null, null, new ForkReport.Failure(null, "java.lang.InterruptedException"),
                new ForkReport.Host(null, Outcome.TIMEOUT, "TIMEOUT: JMH interrupted the iteration"), null, null);
        assertThat(end(interrupted)).isEqualTo(new ForkEnd(Outcome.TIMEOUT, "TIMEOUT: JMH interrupted the iteration"));
    }

    @Test
    void aNativeCrashForWantOfMemoryIsWantOfMemory() {
        ForkReport crashed = host(134, null, "the forked JVM ended with exit code 134, a crash in native code");
        assertThat(end(crashed, "terminate called after throwing an instance of 'std::bad_alloc'").outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(end(crashed)).isEqualTo(new ForkEnd(Outcome.NATIVE_CRASH, crashed.host().reason()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "ERROR; 5; ",
        "NATIVE_CRASH; 134; ",
        "NATIVE_CRASH; 139; ",
        "NATIVE_CRASH; 132; ",
        "OOM_HOST; 3; Terminating due to java.lang.OutOfMemoryError: Java heap space",
        "OOM_DEVICE; 134; terminate called after throwing 'c10::OutOfMemoryError': CUDA out of memory.",
        "ERROR; 1; CUDA failure 209: no kernel image is available"})
    void theFlagThatEndsAForkWithoutHeapIsNotWantOfMemory(Outcome outcome, int code, String said) {
        assertThat(end(host(code, null, "the forked JVM ended with exit code " + code), "# JMH version: 1.37",
                "# VM options: -XX:+ExitOnOutOfMemoryError", said == null ? "" : said).outcome()).isEqualTo(outcome);
    }

    @Test
    void theKernelTellsWhetherItWantedTheMemory() {
        ForkReport killed = host(137, null, "the forked JVM ended with exit code 137, killed, most often for lack of memory");
        assertThat(ForkEnd.of(1, killed, List.of(), KillSource.KERNEL)).isEqualTo(new ForkEnd(Outcome.OOM_HOST,
                "the forked JVM ended with exit code 137: the kernel killed it for lack of memory"));
        assertThat(ForkEnd.of(1, killed, List.of(), KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(ForkEnd.of(1, killed, List.of(), KillSource.OTHER).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(ForkEnd.of(1, killed, List.of(), KillSource.OTHER).reason()).contains("somebody killed it");
    }

    @Test
    void aProcessThatDiedTellsBySignal() {
        assertThat(ForkEnd.of(137, ForkReport.NONE, List.of(), KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(ForkEnd.of(139, ForkReport.NONE, List.of("SIGSEGV"), KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.NATIVE_CRASH);
        assertThat(ForkEnd.of(3, ForkReport.NONE, List.of(), KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void aJvmThatDoesNotStartSaysWhy() {
        assertThat(ForkEnd.of(1, ForkReport.NONE, List.of("Picked up JAVA_TOOL_OPTIONS: -Dcom.sun.management.jmxremote.port=9999",
                "Error: JMX connector server communication error: service:jmx:rmi://0.0.0.0:9999",
                "jdk.internal.agent.AgentConfigurationError: java.rmi.server.ExportException: Port already in use: 9999",
                "\tat jdk.management.agent/jdk.internal.agent.Agent.startAgent(Agent.java:447)",
                "Caused by: java.rmi.server.ExportException: Port already in use: 9999; nested exception is: ",
                "\tjava.net.BindException: Address already in use", "\t... 11 more"), KillSource.UNKNOWN).reason())
                .startsWith("JMX connector server communication error").contains("Port already in use: 9999")
                .doesNotContain("more");
        assertThat(ForkEnd.of(1, ForkReport.NONE, List.of("Unrecognized VM option 'Foo'", "Error: Could not create the Java Virtual Machine."),
                KillSource.UNKNOWN).reason()).startsWith("Unrecognized VM option 'Foo'");
    }

    @Test
    void theLastLineOfALogIsNoReason() {
        assertThat(ForkEnd.of(1, ForkReport.NONE, List.of("# JMH version: 1.37", "Exception in thread \"main\" java.lang.Error: spoiled",
                "\tat a.B.c(B.java:1)", "Caused by: java.io.IOException: gone", "\t... 11 more", "bye"), KillSource.UNKNOWN).reason())
                .isEqualTo("Exception in thread \"main\" java.lang.Error: spoiled");
        assertThat(ForkEnd.of(1, ForkReport.NONE, List.of("# JMH version: 1.37", "Iteration   1: 3.4 us/op"), KillSource.UNKNOWN).reason())
                .isEqualTo("The process ended with exit code 1 and did not say why.");
    }
}
