package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the system tells of this process. */
class ResidentMemoryTest {

    private static final long BLOCK = 256L << 20;

    @TempDir
    Path folder;

    @Test
    void memoryIsReadInTheUnitsOfTheKernel() throws IOException {
        Files.writeString(folder.resolve("status"), "Name:\tjava\nVmHWM:\t  20480 kB\nVmRSS:\t  10240 kB\n");
        KernelMemory memory = new KernelMemory(folder);
        assertThat(memory.isTold()).isTrue();
        assertThat(memory.now()).isEqualTo(10L << 20);
        assertThat(memory.peak()).isEqualTo(20L << 20);
        memory.forgetPeak();
        assertThat(folder.resolve("clear_refs")).hasContent("5");
    }

    @Test
    void aKernelThatTellsNoPeakIsNotAsked() throws IOException {
        assertThat(new KernelMemory(folder).isTold()).as("no such file").isFalse();
        Files.writeString(folder.resolve("status"), "Name:\tjava\nVmRSS:\t  10240 kB\n");
        assertThat(new KernelMemory(folder).isTold()).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPeakIsSeenThoughItIsOverAtTheEnd() {
        KernelMemory memory = KernelMemory.OF_THIS_PROCESS;
        memory.forgetPeak();
        long before = memory.now();
        try (Memory block = touched()) {
            assertThat(memory.now() - before).isGreaterThan(BLOCK / 2);
        }
        assertThat(memory.peak() - before).isGreaterThan(BLOCK / 5 * 4);
        assertThat(memory.peak() - memory.now()).isGreaterThan(BLOCK / 2);
    }

    @Test
    void whereNoPeakIsKeptItIsTheMostThatWasRead() {
        SampledMemory memory = new SampledMemory();
        assertThat(memory.isTold()).isTrue();
        memory.forgetPeak();
        long before = memory.now();
        long during;
        try (Memory block = touched()) {
            during = memory.now();
            assertThat(during - before).isGreaterThan(BLOCK / 2);
        }
        assertThat(memory.peak()).isEqualTo(during);
        memory.forgetPeak();
        assertThat(memory.peak()).isLessThan(during - BLOCK / 2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void bothSourcesTellTheSame() {
        assertThat(new SampledMemory().now()).isCloseTo(KernelMemory.OF_THIS_PROCESS.now(), Percentage.withPercentage(20));
    }

    @Test
    void whatALoadedModelTakesIsKept() {
        LoadedMemory.announce(12_345);
        assertThat(LoadedMemory.newest()).hasValueSatisfying(loaded -> {
            assertThat(loaded.weightBytes()).isEqualTo(12_345);
            assertThat(loaded.residentBytes()).isPositive().isLessThanOrEqualTo(loaded.peakBytes());
        });
    }

    private static Memory touched() {
        Memory block = new Memory(BLOCK);
        ByteBuffer bytes = block.getByteBuffer(0, BLOCK);
        for (int i = 0; i < bytes.capacity(); i += 4096) {
            bytes.put(i, (byte) 1);
        }
        return block;
    }
}
