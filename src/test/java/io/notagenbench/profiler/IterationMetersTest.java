package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.device.cuda.ComputeProcess;
import io.notagenbench.device.cuda.DeviceMemory;
import io.notagenbench.device.cuda.NvmlDevice;
import io.notagenbench.device.cuda.RecordedCard;
import io.notagenbench.results.ProfilerMetric;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.SingleShotResult;

/** What the profilers make of a card's answers. */
class IterationMetersTest {

    private static final long MIB = 1 << 20;
    private static final long PID = 77;

    private final RecordedCard card = new RecordedCard();

    private static Map<String, Double> end(IterationMeter meter, long ops, OptionalDouble patches) {
        Map<String, Double> results = new LinkedHashMap<>();
        for (ScalarResult result : meter.end(ops, patches)) {
            results.put(result.getLabel(), result.getScore());
            assertThat(result.getLabel() + result.getScoreUnit()).as("what JMH writes into JSON unescaped")
                    .matches("[A-Za-z0-9._/%#]+");
        }
        return results;
    }

    private void used(long mebibytes) {
        card.memory = new DeviceMemory(8192 * MIB, (8192 - mebibytes) * MIB);
    }

    /** A card that is known once the process has taken it. */
    private final class Taking {
        private Optional<DeviceMemory> beforehand = Optional.empty();
        private boolean taken;
        private final WatchedCard watched = new WatchedCard(() -> taken ? Optional.of(card) : Optional.empty(), () -> beforehand);

        private void take() {
            beforehand = card.memory();
            taken = true;
        }
    }

    private WatchedCard known() {
        Taking taking = new Taking();
        taking.take();
        return taking.watched;
    }

    @Test
    void vramIsThePeakOfAnIterationOverWhatWasThereBeforeLoading() {
        Taking taking = new Taking();
        VramMeter meter = new VramMeter(taking.watched, PID, OptionalLong.of(2500 * MIB));
        used(400);
        meter.begin();
        meter.sample();
        taking.take();
        used(3400);
        card.processes.add(new ComputeProcess(PID, "java", OptionalLong.of(2900 * MIB)));
        card.processes.add(new ComputeProcess(5, "python3", OptionalLong.of(4000 * MIB)));
        meter.sample();
        used(3000);
        meter.sample();
        assertThat(end(meter, 1, OptionalDouble.empty())).isEqualTo(Map.of("vram.baseline", 400.0, "vram.peak", 3400.0,
                "vram.added", 3000.0, "vram.predicted", 2500.0, "vram.process", 2900.0, "vram.samples", 2.0));
        meter.begin();
        card.processes.clear();
        meter.sample();
        assertThat(end(meter, 1, OptionalDouble.empty())).as("the peak is that of the iteration, the baseline stays")
                .containsEntry("vram.peak", 3000.0).containsEntry("vram.baseline", 400.0).doesNotContainKey("vram.process");
    }

    @Test
    void aCardIsLeftAloneUntilTheProcessHasTakenIt() {
        WatchedCard never = new Taking().watched;
        EnergyMeter energy = new EnergyMeter(ProfilerMetric.ENERGY_OP, () -> never.now().map(NvmlDevice::energyMillijoules)
                .orElse(OptionalLong.empty()), OptionalLong::empty, System::nanoTime, nanos -> {
            throw new IllegalStateException("nothing is measured before a cold start");
        });
        for (IterationMeter meter : List.of(new VramMeter(never, PID, OptionalLong.of(1)), new ClocksMeter(never, System.out), energy)) {
            meter.begin();
            meter.sample();
            assertThat(meter.end(1, OptionalDouble.empty())).isEmpty();
        }
    }

    @Test
    void whatACardDoesNotTellIsLeftOut() {
        card.silent = true;
        for (IterationMeter meter : List.of(new VramMeter(known(), PID, OptionalLong.of(1)), new ClocksMeter(known(), System.out))) {
            meter.begin();
            meter.sample();
            assertThat(meter.end(1, OptionalDouble.empty())).isEmpty();
        }
    }

    @Test
    void idlePowerOfACardIsThatWithItsContextOpen() {
        Clock clock = new Clock();
        Taking taking = new Taking();
        EnergyMeter meter = new EnergyMeter(ProfilerMetric.ENERGY_OP, () -> taking.watched.now().map(NvmlDevice::energyMillijoules)
                .orElse(OptionalLong.empty()), OptionalLong::empty, () -> clock.nanos, nanos -> clock.pass(nanos / 1e9));
        card.milliwatts = 20_000;
        meter.begin();
        assertThat(clock.nanos).as("the cold start begins at once").isZero();
        taking.take();
        card.milliwatts = 220_000;
        clock.pass(1);
        assertThat(end(meter, 1, OptionalDouble.empty())).isEmpty();
        card.milliwatts = 70_000;
        meter.begin();
        card.milliwatts = 170_000;
        clock.pass(1);
        assertThat(end(meter, 1, OptionalDouble.empty())).containsEntry("energy.idle", 70.0).containsEntry("energy.op", 170.0)
                .containsEntry("energy.op.above.idle", 100.0).doesNotContainKey("energy.power.max");
    }

    /** A clock that waiting moves on, during which the card draws what it says. */
    private final class Clock {
        private long nanos;

        private void pass(double seconds) {
            nanos += Math.round(seconds * 1e9);
            card.millijoules += Math.round(card.milliwatts * seconds);
        }
    }

    @Test
    void energyIsTheDifferenceOfTheCounterForAnIterationAnOperationAndAPatch() {
        Clock clock = new Clock();
        // a wait may end early
        EnergyMeter meter = new EnergyMeter(ProfilerMetric.ENERGY_OP, card::energyMillijoules, card::powerMilliwatts, () -> clock.nanos,
                nanos -> clock.pass(Math.max(0.5, nanos / 2e9)));
        card.millijoules = 123_456_789;
        card.milliwatts = 20_000;
        meter.begin();
        card.milliwatts = 220_000;
        meter.sample();
        clock.pass(3);
        card.milliwatts = 120_000;
        meter.sample();
        clock.pass(1);
        Map<String, Double> results = end(meter, 4, OptionalDouble.of(78));
        assertThat(results.get("energy.total")).isCloseTo(780, within(1e-9));
        assertThat(results.get("energy.power")).isCloseTo(195, within(1e-9));
        assertThat(results.get("energy.power.max")).isEqualTo(220);
        assertThat(results.get("energy.idle")).isCloseTo(20, within(1e-9));
        assertThat(results.get("energy.op")).isCloseTo(195, within(1e-9));
        assertThat(results.get("energy.op.above.idle")).isCloseTo(175, within(1e-9));
        assertThat(results.get("energy.patch")).isCloseTo(10, within(1e-9));
        meter.begin();
        card.milliwatts = 40_000;
        clock.pass(1);
        assertThat(end(meter, 0, OptionalDouble.empty())).containsEntry("energy.total", 40.0).containsEntry("energy.idle", 20.0)
                .doesNotContainKeys("energy.op", "energy.patch");
    }

    @Test
    void aThrottledIterationIsFlaggedWithItsReasons() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ClocksMeter meter = new ClocksMeter(known(), new PrintStream(out, true, StandardCharsets.UTF_8));
        meter.begin();
        int[][] readings = {{1700, 7000, 60, 0x1}, {1200, 7000, 83, 0x24}, {1100, 6800, 84, 0x20}, {1800, 7000, 80, 0}};
        for (int[] reading : readings) {
            card.smMegahertz = reading[0];
            card.memoryMegahertz = reading[1];
            card.celsius = reading[2];
            card.throttleReasons = reading[3];
            meter.sample();
        }
        assertThat(end(meter, 1, OptionalDouble.empty())).isEqualTo(Map.of("clocks.sm", 1450.0, "clocks.sm.min", 1100.0,
                "clocks.sm.max", 1800.0, "clocks.memory", 6950.0, "clocks.temperature", 84.0, "clocks.throttled", 50.0,
                "clocks.throttled.sw_power_cap", 25.0, "clocks.throttled.sw_thermal_slowdown", 50.0));
        assertThat(out).hasToString(String.format("The card was slowed down in this iteration: sw_power_cap in 25 %%,"
                + " sw_thermal_slowdown in 50 %% of the readings.%n"));
        meter.begin();
        card.throttleReasons = 0x1;
        meter.sample();
        out.reset();
        assertThat(end(meter, 1, OptionalDouble.empty())).containsEntry("clocks.throttled", 0.0)
                .doesNotContainKey("clocks.throttled.sw_power_cap");
        assertThat(out.size()).isZero();
    }

    @Test
    void samplingReadsUntilItIsStoppedAndOnceMore() throws InterruptedException {
        CountDownLatch three = new CountDownLatch(3);
        int[] samples = new int[1];
        SamplingThread sampling = new SamplingThread("test", 1, new Counting(() -> {
            samples[0]++;
            three.countDown();
        }));
        three.await();
        double cost = sampling.stop();
        int atTheEnd = samples[0];
        assertThat(atTheEnd).isGreaterThan(3);
        assertThat(cost).isBetween(0.0, 100.0);
        Thread.sleep(5);
        assertThat(samples[0]).isEqualTo(atTheEnd);
    }

    @Test
    void aReadingThatFailsEndsTheIteration() {
        SamplingThread sampling = new SamplingThread("test", 1, new Counting(() -> {
            throw new IllegalStateException("the card has fallen off the bus");
        }));
        assertThatIllegalStateException().isThrownBy(sampling::stop).withMessage("the card has fallen off the bus");
    }

    private record Counting(Runnable reading) implements IterationMeter {

        @Override
        public void begin() {
            assertThat(Thread.currentThread().getName()).doesNotStartWith("profiler-");
        }

        @Override
        public void sample() {
            reading.run();
        }

        @Override
        public List<ScalarResult> end(long ops, OptionalDouble patches) {
            return List.of();
        }
    }

    /** Fails at every reading and at the end, as a card does that fell off the bus. */
    private static final class LostCard extends SamplingProfiler {

        LostCard() throws ProfilerException {
            super("lost", "interval=1");
        }

        @Override
        IterationMeter meter(BenchmarkParams benchmark) {
            return new IterationMeter() {
                @Override
                public void begin() {
                }

                @Override
                public void sample() {
                    throw new IllegalStateException("the card is lost");
                }

                @Override
                public List<ScalarResult> end(long ops, OptionalDouble patches) {
                    throw new IllegalStateException("the card is lost");
                }
            };
        }

        @Override
        public String getDescription() {
            return "a card that is lost";
        }
    }

    @Test
    void anIterationWhoseBodyThrewKeepsItsOwnCause() throws ProfilerException {
        LostCard profiler = new LostCard();
        IterationResult none = new IterationResult(null, null, new IterationResultMetaData(0, 0));
        profiler.beforeIteration(null, null);
        assertThat(profiler.afterIteration(null, null, none)).isEmpty();
        IterationResult measured = new IterationResult(null, null, new IterationResultMetaData(1, 1));
        measured.addResult(new SingleShotResult(ResultRole.PRIMARY, "body", 1, TimeUnit.SECONDS));
        profiler.beforeIteration(null, null);
        assertThatIllegalStateException().isThrownBy(() -> profiler.afterIteration(null, null, measured));
    }
}
