package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.device.KillSource;
import io.notagenbench.fault.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkEndTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "WRONG_OUTPUT; WRONG_OUTPUT: the hidden state that is to be timed has 1.0 at 3, recomputed it is 2.0",
        "CONTEXT_FULL; CONTEXT_FULL: the header alone fills the context window",
        "ERROR; The probe was told to fail: choose deed=fine.",
        "NATIVE_CRASH; the forked JVM ended with exit code 134, a crash in native code",
        "NATIVE_CRASH; the forked JVM ended with exit code 139, a crash in native code",
        "OOM_HOST; java.lang.OutOfMemoryError: Java heap space",
        "OOM_DEVICE; OOM_DEVICE: device=cuda is too small: the model is predicted to take 2.8 GiB",
        "DEVICE_FALLBACK; DEVICE_FALLBACK: pytorch was asked for device=cuda and took 3 MiB there",
        "OOM_DEVICE; ai.djl.engine.EngineException: CUDA out of memory. Tried to allocate 2.00 GiB",
        "ERROR; UNHEARD_OF: something"})
    void aFailedCellTellsItsOutcome(Outcome outcome, String cause) {
        ForkEnd verdict = ForkEnd.of(1, List.of("# Fork: 1 of 1", "1 cell of the run failed:",
                "  io.notagenbench.X.y backend=onnx: 0 of 3 iterations: " + cause), KillSource.UNKNOWN);
        assertThat(verdict).isEqualTo(new ForkEnd(outcome, cause));
    }

    @Test
    void aNativeCrashForWantOfMemoryIsWantOfMemory() {
        ForkEnd verdict = ForkEnd.of(1, List.of("terminate called after throwing an instance of 'std::bad_alloc'",
                "  a.B.c: 0 of 3 iterations: the forked JVM ended with exit code 134, a crash in native code"), KillSource.UNKNOWN);
        assertThat(verdict.outcome()).isEqualTo(Outcome.OOM_HOST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "ERROR; 5; ",
        "NATIVE_CRASH; 134; ",
        "NATIVE_CRASH; 132; ",
        "OOM_HOST; 3; Terminating due to java.lang.OutOfMemoryError: Java heap space",
        "OOM_DEVICE; 134; terminate called after throwing 'c10::OutOfMemoryError': CUDA out of memory.",
        "ERROR; 1; CUDA failure 209: no kernel image is available"})
    void theFlagThatEndsAForkWithoutHeapIsNotWantOfMemory(Outcome outcome, int code, String said) {
        ForkEnd verdict = ForkEnd.of(1, List.of("# JMH version: 1.37", "# VM options: -XX:+ExitOnOutOfMemoryError",
                said == null ? "" : said, "  a.B.c: 0 of 3 iterations: the forked JVM ended with exit code " + code), KillSource.OTHER);
        assertThat(verdict.outcome()).isEqualTo(outcome);
    }

    @Test
    void theKernelTellsWhetherItWantedTheMemory() {
        List<String> log = List.of("  a.B.c: 0 of 3 iterations: the forked JVM ended with exit code 137, killed, most often for");
        assertThat(ForkEnd.of(1, log, KillSource.KERNEL)).isEqualTo(new ForkEnd(Outcome.OOM_HOST,
                "the forked JVM ended with exit code 137: the kernel killed it for want of memory"));
        assertThat(ForkEnd.of(1, log, KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(ForkEnd.of(1, log, KillSource.OTHER).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(ForkEnd.of(1, log, KillSource.OTHER).reason()).contains("somebody killed it");
    }

    @Test
    void aProcessThatDiedTellsBySignal() {
        assertThat(ForkEnd.of(137, List.of(), KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(ForkEnd.of(139, List.of("SIGSEGV"), KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.NATIVE_CRASH);
        assertThat(ForkEnd.of(3, List.of(), KillSource.UNKNOWN).outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void aRefusalIsFoundBetweenOtherLines() {
        assertThat(ForkEnd.of(2, List.of("[W:onnxruntime] something else", "REFUSED: model 'huge' is neither a file nor one of tiny",
                "goodbye", ""), KillSource.UNKNOWN))
                .isEqualTo(new ForkEnd(Outcome.ERROR, "model 'huge' is neither a file nor one of tiny"));
    }

    @Test
    void aJvmThatDoesNotStartSaysWhy() {
        assertThat(ForkEnd.of(1, List.of("Picked up JAVA_TOOL_OPTIONS: -Dcom.sun.management.jmxremote.port=9999",
                "Error: JMX connector server communication error: service:jmx:rmi://0.0.0.0:9999",
                "jdk.internal.agent.AgentConfigurationError: java.rmi.server.ExportException: Port already in use: 9999",
                "\tat jdk.management.agent/jdk.internal.agent.Agent.startAgent(Agent.java:447)",
                "Caused by: java.rmi.server.ExportException: Port already in use: 9999; nested exception is: ",
                "\tjava.net.BindException: Address already in use", "\t... 11 more"), KillSource.UNKNOWN).reason())
                .startsWith("JMX connector server communication error").contains("Port already in use: 9999")
                .doesNotContain("more");
        assertThat(ForkEnd.of(1, List.of("Unrecognized VM option 'Foo'", "Error: Could not create the Java Virtual Machine."),
                KillSource.UNKNOWN).reason()).startsWith("Unrecognized VM option 'Foo'");
    }

    @Test
    void theLastLineOfALogIsNoReason() {
        assertThat(ForkEnd.of(1, List.of("# JMH version: 1.37", "Exception in thread \"main\" java.lang.Error: spoiled",
                "\tat a.B.c(B.java:1)", "Caused by: java.io.IOException: gone", "\t... 11 more", "bye"), KillSource.UNKNOWN).reason())
                .isEqualTo("Exception in thread \"main\" java.lang.Error: spoiled");
        assertThat(ForkEnd.of(1, List.of("# JMH version: 1.37", "Iteration   1: 3.4 us/op"), KillSource.UNKNOWN).reason())
                .isEqualTo("The process ended with exit code 1 and did not say why.");
    }
}
