package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.device.LoadedMemory;
import io.notagenbench.device.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.ScalarResult;

/** What the profilers of the host make of the kernel's files. */
class HostMetersTest {

    private static final long MIB = 1 << 20;

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

    /** A process whose kernel keeps the peak, or not. */
    private static final class RecordedMemory implements ResidentMemory {
        private final boolean peakKept;
        private long now;
        private long peak;
        private int forgotten;

        RecordedMemory(boolean peakKept) {
            this.peakKept = peakKept;
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public long peak() {
            return peak;
        }

        @Override
        public void forgetPeak() {
            forgotten++;
        }

        @Override
        public boolean isPeakKept() {
            return peakKept;
        }
    }

    private static Map<String, Double> end(IterationMeter meter) {
        return meter.end(1, OptionalDouble.empty()).stream()
                .collect(Collectors.toMap(ScalarResult::getLabel, ScalarResult::getScore));
    }

    @Test
    void memoryIsThatBeforeAndAfterLoadingAndThePeakOfAnIteration() {
        RecordedMemory memory = new RecordedMemory(true);
        AtomicReference<LoadedMemory> loaded = new AtomicReference<>();
        RssMeter meter = new RssMeter(memory, () -> Optional.ofNullable(loaded.get()));
        assertThat(meter.isSampled()).isFalse();
        memory.now = 50 * MIB;
        meter.begin();
        memory.peak = 60 * MIB;
        assertThat(end(meter)).as("no model").isEqualTo(Map.of("rss.baseline", 50.0, "rss.peak", 60.0));
        memory.now = 90 * MIB;
        meter.begin();
        assertThat(memory.forgotten).isEqualTo(2);
        memory.peak = 400 * MIB;
        loaded.set(new LoadedMemory(250 * MIB, 380 * MIB, 200 * MIB));
        assertThat(end(meter)).isEqualTo(Map.of("rss.baseline", 50.0, "rss.peak", 400.0, "rss.weights", 200.0,
                "rss.loaded", 250.0, "rss.loading.peak", 380.0));
        assertThat(new RssMeter(new RecordedMemory(false), Optional::empty).isSampled()).isTrue();
    }

    /** The thread would wake up for nothing. */
    @Test
    void whatTheKernelKeepsIsNotAskedForInAnIteration() throws ProfilerException {
        RssProfiler profiler = new RssProfiler("interval=1");
        profiler.beforeIteration(null, null);
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .filteredOn(name -> name.equals("profiler-rss"))
                .hasSize(ResidentMemory.ofThisProcess().orElseThrow().isPeakKept() ? 0 : 1);
    }
}
