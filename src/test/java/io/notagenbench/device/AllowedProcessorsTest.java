package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedProcessorsTest {

    @TempDir
    Path root;

    /** A host of four cores with two threads each, numbered as Intel's servers are: 0 and 4 are threads of one core. */
    private KernelTree host() throws IOException {
        KernelTree tree = new KernelTree(root);
        for (int number = 0; number < 8; number++) {
            tree.processor(number, number % 4 + "," + (number % 4 + 4));
        }
        return tree;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0-7; 4", "0,4; 1", "0-3; 4", "0-1,4-5; 2", "3; 1", "0,4-5; 2", "0-255; 4"})
    void coresAreThoseOfTheMask(String allowed, int cores) throws IOException {
        host().allowed(allowed);
        assertThat(new AllowedProcessors(root).cores()).hasValue(cores);
    }

    @Test
    void anOlderKernelHasTheOlderName() throws IOException {
        new KernelTree(root).allowed("0-1").file("sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0-1")
                .file("sys/devices/system/cpu/cpu1/topology/thread_siblings_list", "0-1");
        assertThat(new AllowedProcessors(root).cores()).hasValue(1);
    }

    @Test
    void nothingIsGuessedWhereTheKernelDoesNotTell() throws IOException {
        assertThat(new AllowedProcessors(root).cores()).isEmpty();
        new KernelTree(root).allowed("0-3");
        assertThat(new AllowedProcessors(root).cores()).isEmpty();
        new KernelTree(root).processor(0, "0").file("sys/devices/system/cpu/cpu1/topology/core_id", "1");
        assertThat(new AllowedProcessors(root).cores()).as("of one of two alone").isEmpty();
    }

    @Test
    void governorsAreThoseOfTheMask() throws IOException {
        KernelTree tree = host().allowed("0-1");
        assertThat(new AllowedProcessors(root).governors()).isEmpty();
        tree.file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave")
                .file("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "performance")
                .file("sys/devices/system/cpu/cpu2/cpufreq/scaling_governor", "schedutil");
        assertThat(new AllowedProcessors(root).governors()).hasValue("performance, powersave");
        tree.allowed("1");
        assertThat(new AllowedProcessors(root).governors()).hasValue("performance");
    }
}
