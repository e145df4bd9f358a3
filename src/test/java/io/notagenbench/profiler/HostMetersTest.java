package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.ScalarResult;

/** What the profilers of the host make of the kernel's files. */
class HostMetersTest {

    @TempDir
    Path folder;

    private void counter(String domain, long microjoules) throws IOException {
        Path path = Files.createDirectories(folder.resolve(domain));
        Files.writeString(path.resolve("energy_uj"), microjoules + "\n");
        Files.writeString(path.resolve("max_energy_range_uj"), "1000000000\n");
    }

    @Test
    void energyIsThatOfAllPackagesAndOutlivesAFullCounter() throws IOException {
        counter("intel-rapl:0", 999_000_000);
        counter("intel-rapl:1", 5_000_000);
        counter("intel-rapl:0:0", 7);
        assertThat(Rapl.isReadable(folder)).isTrue();
        Rapl rapl = Rapl.start(folder);
        counter("intel-rapl:0:0", 7_000_000);
        assertThat(rapl.millijoules()).as("a part of a package counts in it").isZero();
        counter("intel-rapl:0", 2_000_000);
        counter("intel-rapl:1", 5_500_000);
        assertThat(rapl.millijoules()).isEqualTo(3_000 + 500);
        counter("intel-rapl:0", 2_250_000);
        assertThat(rapl.millijoules()).isEqualTo(3_750);
    }

    @Test
    void aMachineWithoutCountersIsToldSo() {
        assertThat(Rapl.isReadable(folder.resolve("nothing"))).isFalse();
        assertThat(Rapl.absent(folder)).hasMessageContaining("this machine shows none in " + folder);
    }

    @Test
    void countersOfRootAloneComeWithTheFix() throws IOException {
        counter("intel-rapl:0", 1);
        assertThat(Rapl.absent(folder)).hasMessageEndingWith("sudo chmod a+r " + folder + "/intel-rapl:*/energy_uj");
    }

    @Test
    void memoryIsReadInTheUnitsOfTheKernel() throws IOException {
        Files.writeString(folder.resolve("status"), "Name:\tjava\nVmHWM:\t  20480 kB\nVmRSS:\t  10240 kB\n");
        RssMeter meter = new RssMeter(new ResidentMemory(folder));
        meter.begin();
        assertThat(folder.resolve("clear_refs")).hasContent("5");
        Files.writeString(folder.resolve("status"), "VmHWM:\t  40960 kB\nVmRSS:\t  30720 kB\n");
        assertThat(meter.end(1, OptionalDouble.empty())).extracting(ScalarResult::getScore).isEqualTo(List.of(10.0, 40.0));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPeakIsSeenThoughItIsOverAtTheEnd() {
        ResidentMemory memory = ResidentMemory.OF_THIS_PROCESS;
        memory.forgetPeak();
        long before = memory.now();
        try (Memory block = new Memory(256 << 20)) {
            ByteBuffer bytes = block.getByteBuffer(0, block.size());
            for (int i = 0; i < bytes.capacity(); i += 4096) {
                bytes.put(i, (byte) 1);
            }
        }
        assertThat(memory.peak() - before).isGreaterThan(200L << 20);
        assertThat(memory.peak() - memory.now()).isGreaterThan(100L << 20);
    }
}
