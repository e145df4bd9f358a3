package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.generate.Outcome;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

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
        Verdict verdict = Verdict.of(1, List.of("# Fork: 1 of 1", "1 cell of the run failed:",
                "  io.notagenbench.X.y backend=onnx: 0 of 3 iterations: " + cause), Killer.UNKNOWN);
        assertThat(verdict).isEqualTo(new Verdict(outcome, cause));
    }

    @Test
    void aNativeCrashForWantOfMemoryIsWantOfMemory() {
        Verdict verdict = Verdict.of(1, List.of("terminate called after throwing an instance of 'std::bad_alloc'",
                "  a.B.c: 0 of 3 iterations: the forked JVM ended with exit code 134, a crash in native code"), Killer.UNKNOWN);
        assertThat(verdict.outcome()).isEqualTo(Outcome.OOM_HOST);
    }

    @Test
    void theKernelTellsWhetherItWantedTheMemory() {
        List<String> log = List.of("  a.B.c: 0 of 3 iterations: the forked JVM ended with exit code 137, killed, most often for");
        assertThat(Verdict.of(1, log, Killer.KERNEL)).isEqualTo(new Verdict(Outcome.OOM_HOST,
                "the forked JVM ended with exit code 137: the kernel killed it for want of memory"));
        assertThat(Verdict.of(1, log, Killer.UNKNOWN).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(Verdict.of(1, log, Killer.OTHER).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(Verdict.of(1, log, Killer.OTHER).reason()).contains("somebody killed it");
        assertThat(Killer.of(OptionalLong.of(3), OptionalLong.of(3))).isEqualTo(Killer.OTHER);
        assertThat(Killer.of(OptionalLong.of(3), OptionalLong.of(4))).isEqualTo(Killer.KERNEL);
        assertThat(Killer.of(OptionalLong.empty(), OptionalLong.of(4))).isEqualTo(Killer.UNKNOWN);
    }

    @Test
    void aProcessThatDiedTellsBySignal() {
        assertThat(Verdict.of(137, List.of(), Killer.UNKNOWN).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(Verdict.of(139, List.of("SIGSEGV"), Killer.UNKNOWN).outcome()).isEqualTo(Outcome.NATIVE_CRASH);
        assertThat(Verdict.of(3, List.of(), Killer.UNKNOWN).outcome()).isEqualTo(Outcome.ERROR);
    }

    @Test
    void aRefusalIsTheLastThingSaid() {
        assertThat(Verdict.of(2, List.of("model 'huge' is neither a file nor one of tiny", ""), Killer.UNKNOWN))
                .isEqualTo(new Verdict(Outcome.ERROR, "model 'huge' is neither a file nor one of tiny"));
    }
}
