package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import io.notagenbench.fault.Fault;
import org.junit.jupiter.api.Test;

class CudaLibrariesTest {

    private static final String RUNTIME = "/org/bytedeco/cuda/linux-x86_64/libcudart.so.12";

    @Test
    void whatOnnxRuntimeNeedsLoadsWithoutAnyInstallation() {
        assertThatCode(CudaLibraries::forOnnxRuntime).doesNotThrowAnyException();
    }

    @Test
    void theRuntimeIsFoundByTheNameThatDjlAsksFor() {
        CudaLibraries.forPyTorch();
        try (NativeLibrary runtime = NativeLibrary.getInstance("cudart")) {
            assertThat(runtime.getFunction("cudaGetDeviceCount")).isNotNull();
        }
    }

    @Test
    void aLibraryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CudaLibraries.library("/nowhere/libcutensor.so.2")).isInstanceOf(Fault.class)
                .hasMessageContaining("libcutensor.so.2 is not on the class path").hasMessageContaining("-Pcuda");
    }
}
