package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTest {

    @Test
    void theMachineOfTheTestsHasCoresAndMemory() {
        HostFacts facts = HostFacts.collect();
        assertThat(facts.physicalCores()).isBetween(1, facts.logicalCores());
        assertThat(facts.availableBytes()).isBetween(1L, facts.memoryBytes());
        assertThat(facts.memoryBytes()).isGreaterThan(Runtime.getRuntime().totalMemory());
        assertThat(facts.cpu()).isNotBlank();
        assertThat(facts.name()).isNotBlank();
        assertThat(facts.java()).contains(Runtime.version().toString());
    }

    @Test
    void instructionSetsAreThoseThatEnginesLookFor() {
        assertThat(HostFacts.instructionSets(List.of("flags\t\t: fpu sse4_2 avx2 avx512_vnni amx_bf16 avx2plus",
                "Features : asimddp")))
                .containsExactly("amx_bf16", "asimddp", "avx2", "avx512_vnni", "sse4_2");
    }

    @Test
    void theDriverNamesItself(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("version");
        assertThat(HostFacts.nvidiaDriver(file)).isEmpty();
        Files.writeString(file,
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5\nGCC version:  gcc 12\n");
        assertThat(HostFacts.nvidiaDriver(file)).hasValue("550.54.15");
        Files.writeString(file, "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.10  Release Build\n");
        assertThat(HostFacts.nvidiaDriver(file)).hasValue("570.86.10");
    }
}
