package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
