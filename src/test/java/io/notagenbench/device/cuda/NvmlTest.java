package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;
import io.notagenbench.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of codes and structures of NVIDIA's management library, as nvml.h defines them. */
class NvmlTest {

    private static final String PROCESSES = "nvmlDeviceGetComputeRunningProcesses_v3";

    private final Recorded recorded = new Recorded();

    /** Answers every call with 0, or with the code that was written down for it. */
    private static final class Recorded implements Nvml.Calls {

        private final Map<String, Integer> codes = new HashMap<>();
        /** One row of nvmlProcessInfo_t: pid, bytes, instance. */
        private int[] process;
        private boolean closed;

        @Override
        public int invoke(String function, Object... arguments) {
            if (function.equals(PROCESSES) && process != null && !codes.containsKey(PROCESSES)) {
                ((IntByReference) arguments[1]).setValue(1);
                if (arguments[2] == null) {
                    return 7;
                }
                Memory rows = (Memory) arguments[2];
                rows.setInt(0, process[0]);
                rows.setLong(8, process[1]);
                rows.setInt(16, process[2]);
                rows.setInt(20, process[2]);
            }
            return codes.getOrDefault(function, 0);
        }

        @Override
        public String words(int code) {
            return "code " + code;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 13, 18})
    void whatACardCannotTellIsUnknown(int code) {
        NvmlDevice card = Nvml.open(recorded).orElseThrow().device("0000:65:00.0").orElseThrow();
        for (String question : new String[] {PROCESSES, "nvmlDeviceGetUtilizationRates", "nvmlDeviceGetTotalEnergyConsumption",
            "nvmlDeviceGetPowerUsage", "nvmlDeviceGetClockInfo", "nvmlDeviceGetTemperature", "nvmlDeviceGetMemoryInfo",
            "nvmlDeviceGetCurrentClocksThrottleReasons"}) {
            recorded.codes.put(question, code);
        }
        assertThat(card.processes()).isEmpty();
        assertThat(card.memory()).isEmpty();
        assertThat(card.utilisationPercent()).isEmpty();
        assertThat(card.energyMillijoules()).isEmpty();
        assertThat(card.powerMilliwatts()).isEmpty();
        assertThat(card.smMegahertz()).isEmpty();
        assertThat(card.memoryMegahertz()).isEmpty();
        assertThat(card.celsius()).isEmpty();
        assertThat(card.throttleReasons()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 13, 18})
    void aLibraryThatAnswersNothingHereIsLeftOut(int code) {
        recorded.codes.put("nvmlInit_v2", code);
        assertThat(Nvml.open(recorded)).isEmpty();
        assertThat(recorded.closed).isTrue();
    }

    @Test
    void aLibraryThatDoesNotWorkIsAFailure() {
        recorded.codes.put("nvmlInit_v2", 999);
        assertThatThrownBy(() -> Nvml.open(recorded)).isInstanceOf(Fault.class)
                .hasMessage("NVIDIA's management library does not answer nvmlInit_v2: code 999; see what nvidia-smi says.");
    }

    @Test
    void aQuestionWithoutAnAnswerIsReportedOnce() {
        recorded.codes.put("nvmlSystemGetDriverVersion", 3);
        Nvml nvml = Nvml.open(recorded).orElseThrow();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(nvml.driverVersion()).isEmpty();
            assertThat(nvml.driverVersion()).isEmpty();
        } finally {
            System.setErr(before);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(String.format("NVIDIA's management library does not answer"
                + " nvmlSystemGetDriverVersion here (code 3): the run goes on without.%n"));
    }

    @Test
    void processesAreReadFromTheRowsOfTheHeader() {
        recorded.process = new int[] {4242, 1 << 30, -1};
        NvmlDevice card = Nvml.open(recorded).orElseThrow().device("0000:65:00.0").orElseThrow();
        assertThat(card.processes().orElseThrow()).singleElement().satisfies(process -> {
            assertThat(process.pid()).isEqualTo(4242);
            assertThat(process.bytes()).hasValue(1 << 30);
        });
    }

    @Test
    void processesOfMigInstancesAreUnknownSinceTheOwnInstanceIsNotTold() {
        recorded.process = new int[] {4242, 1 << 30, 3};
        assertThat(Nvml.open(recorded).orElseThrow().device("0000:65:00.0").orElseThrow().processes()).isEmpty();
    }
}
