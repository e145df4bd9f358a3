package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void aHalfWrittenLibraryIsUnpackedAgain(@TempDir Path folder) throws IOException {
        Path library = CudaLibraries.unpack(RUNTIME, folder);
        long size = Files.size(library);
        Files.write(library, new byte[100]);
        assertThat(CudaLibraries.unpack(RUNTIME, folder)).isEqualTo(library).hasSize(size);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(library);
        }
    }

    @Test
    void aLibraryThatIsNotThereIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> CudaLibraries.unpack("/nowhere/libcutensor.so.2", folder)).isInstanceOf(Fault.class)
                .hasMessageContaining("libcutensor.so.2 is not on the class path").hasMessageContaining("-Pcuda");
    }
}
