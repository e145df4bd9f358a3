package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterReaderTest {

    private static PieceCounters read(Map<String, Double> metrics) {
        return CounterReader.read(PieceCounters.class, name -> metrics.getOrDefault(name, Double.NaN));
    }

    @Test
    void whatWasNotCountedIsNotANumber() {
        PieceCounters counters = read(Map.of("patches", 91.0, "chars", 0.0));

        assertThat(counters.patches).isEqualTo(91);
        assertThat(counters.chars).isZero();
        assertThat(counters.cuts).isNaN();
        assertThat(counters.cutSeconds).isNaN();
    }

    @Test
    void olderRunsCountedMicrosecondsAndMillisecondsOfMusic() {
        PieceCounters counters = read(Map.of("cutMicros", 1500.0, "musicMillis", 12_250.0, "firstBarMicros", 0.0));

        assertThat(counters.cutSeconds).isEqualTo(0.0015);
        assertThat(counters.musicSeconds).isEqualTo(12.25);
        assertThat(counters.firstBarSeconds).isZero();
    }

    @ParameterizedTest
    @ValueSource(classes = {PieceCounters.class, BatchCounters.class, ServiceCounters.class, RooflineCounters.Traffic.class,
            RooflineCounters.Arithmetic.class, RooflineCounters.Launches.class})
    void eachCounterIsReadFromTheMetricOfItsName(Class<?> counters) throws IllegalAccessException {
        Map<String, Double> metrics = new HashMap<>();
        for (Field field : counters.getFields()) {
            metrics.put(field.getName(), metrics.size() + 1.0);
        }

        Object read = CounterReader.read(counters, metrics::get);

        assertThat(metrics).isNotEmpty();
        for (Field field : counters.getFields()) {
            assertThat(field.getDouble(read)).as(field.getName()).isEqualTo(metrics.get(field.getName()));
        }
    }

    @Test
    void everyCounterOfAnOlderPieceIsRead() throws IllegalAccessException {
        PieceCounters counters = older(2, PieceCounters.class);

        assertThat(counters.patches).isEqualTo(91);
        assertThat(counters.musicSeconds).isEqualTo(43.125);
        assertThat(counters.cutSeconds).isBetween(0.001, 1.0);
        assertThat(counters.firstPatchSeconds).isBetween(0.001, counters.firstBarSeconds);
        for (Field field : PieceCounters.class.getFields()) {
            boolean byDepth = field.getName().matches("(first|second|third|fourth|later)(Drafted|Accepted)");
            assertThat(Double.isNaN(field.getDouble(counters))).as("not counted then: " + field.getName()).isEqualTo(byDepth);
        }
    }

    @Test
    void theCountersOfAnOlderQueueAreRead() {
        BatchCounters counters = older(12, BatchCounters.class);

        assertThat(counters.pieces).isEqualTo(8);
        assertThat(counters.latencySeconds / counters.pieces).isBetween(0.01, counters.worstLatencySeconds);
        assertThat(counters.aloneSeconds).as("not counted then").isNaN();
    }

    private static <T> T older(int number, Class<T> counters) {
        RunFolder run = new RunFolder(Path.of("src/test/resources/older/example"));
        CellRow row = run.rows().stream().filter(each -> each.number() == number).findFirst().orElseThrow();
        Measured measured = run.measured(row);
        return CounterReader.read(counters, name -> measured.mean(name).orElse(Double.NaN));
    }
}
