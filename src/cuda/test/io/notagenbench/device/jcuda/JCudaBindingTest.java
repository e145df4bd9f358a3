package io.notagenbench.device.jcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.device.CacheFolder;
import io.notagenbench.device.HostFacts;
import io.notagenbench.device.cuda.CudaContext;
import io.notagenbench.device.cuda.CudaDriver;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JCudaBindingTest {

    private final CudaDriver driver = CudaDriver.find().orElseThrow();

    @Test
    void thisBuildHasIt() {
        assertThat(CudaDriver.isInBuild()).isTrue();
        assertThat(driver).isInstanceOf(JCudaBinding.class);
    }

    @Test
    void withoutTheDriverItSaysWhatIsMissing() {
        assumeFalse(HostFacts.hasCudaLibrary());
        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(driver::devices).isInstanceOf(Fault.class)
                    .hasMessageContaining("libcuda.so.1").hasMessageContaining("device=cpu.");
        }
    }

    @Test
    void itsLibraryIsLoadedFromTheCache() throws IOException {
        try {
            JCudaLibrary.load();
        } catch (LinkageError e) {
            // without the driver it cannot be linked
        }
        try (Stream<Path> folders = Files.list(CacheFolder.path())) {
            assertThat(folders).anyMatch(folder -> folder.getFileName().toString().startsWith("jcuda-"));
        }
    }

    @Test
    void aCardIsDescribedAndItsContextRetained() {
        assumeTrue(HostFacts.hasCudaLibrary());
        assertThat(driver.devices()).isPositive();
        assertThat(driver.device(0).busId()).matches("[0-9A-Fa-f]{4}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.\\d");
        try (CudaContext context = driver.retain(0)) {
            assertThat(context.memory().totalBytes()).isPositive().isLessThanOrEqualTo(driver.device(0).totalBytes());
            assertThat(context.memory().freeBytes()).isPositive();
            context.synchronize();
        }
    }
}
