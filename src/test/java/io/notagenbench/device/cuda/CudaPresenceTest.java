package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CudaPresenceTest {

    @Test
    void nothingIsMissingWhereDriverAndNativesAre() {
        assertThat(new CudaPresence(true, "550.54.14", true).missing("device=cuda")).isEmpty();
    }

    @Test
    void theDriversLibraryCountsWhereTheKernelHasNoFileOfIt() {
        assertThat(new CudaPresence(true, null, true).missing("device=cuda")).as("Windows' subsystem for Linux").isEmpty();
    }

    @Test
    void allThatIsMissingStandsInOneSentenceWithItsFixes() {
        assertThat(new CudaPresence(false, null, false).missing("device=cuda:1")).hasValue(
                "device=cuda:1 cannot run here: no NVIDIA driver is loaded and this build has no CUDA natives; install the driver"
                        + " (Debian: sudo apt-get install nvidia-driver; nvidia-smi then lists the card), build with"
                        + " mvn -Pcuda -DskipTests package, or choose device=cpu.");
    }

    @Test
    void aDriverWithoutItsLibraryIsAnotherLack() {
        assertThat(new CudaPresence(true, "550.54.14", false).missing("device=cuda").orElseThrow())
                .contains("driver 550.54.14 is loaded", "libcuda.so.1", "--gpus all").doesNotContain("-Pcuda");
    }

    @Test
    void aBuildForTheCpuSaysHowToBuildTheOther() {
        assertThat(new CudaPresence(false, "550.54.14", true).missing("device=cuda").orElseThrow())
                .contains("this build has no CUDA natives", "mvn -Pcuda").doesNotContain("install the driver");
    }
}
