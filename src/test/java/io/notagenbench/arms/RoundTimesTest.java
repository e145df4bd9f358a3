package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTimesTest {

    @Test
    void theMedianAndTheExtremesAreOfTheRounds() {
        RoundTimes times = new RoundTimes(List.of(8.0, 1.0, 5.0));
        assertThat(times.median()).isEqualTo(5);
        assertThat(times.fastest()).isEqualTo(1);
        assertThat(times.slowest()).isEqualTo(8);
        assertThat(new RoundTimes(List.of(1.0, 3.0)).median()).isEqualTo(2);
    }

    /** 10, 5 and 4 times faster; the medians alone would say 4 times. */
    @Test
    void theRatioIsTakenInEachRound() {
        RoundTimes baseline = new RoundTimes(List.of(10.0, 40.0, 20.0));
        RoundTimes times = new RoundTimes(List.of(1.0, 8.0, 5.0));
        assertThat(times.ratioTo(baseline)).isEqualTo(5);
        assertThat(baseline.ratioTo(baseline)).isEqualTo(1);
    }
}
