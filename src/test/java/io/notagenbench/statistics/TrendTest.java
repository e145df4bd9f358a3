package io.notagenbench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.statistics.Trend.State;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

    private static Trend of(List<Double> fork) {
        return new Samples(List.of(fork)).trend();
    }

    @Test
    void aForkThatGetsFasterIsNotStationary() {
        Trend trend = of(List.of(5.0, 4.0, 3.0, 2.0, 1.0));
        assertThat(trend.state()).isEqualTo(State.TRENDING);
        // S = 10, variance 5 * 4 * 15 / 18, z = 9 / sqrt(16.67)
        assertThat(trend.p()).isCloseTo(0.02749, within(1e-4));
        assertThat(trend.drift()).isCloseTo(-4 / 3.0, within(1e-12));
    }

    @Test
    void tiesWeighLess() {
        // S = 8, variance 16.67 - 2 * 1 * 9 / 18 * 2 = 14.67
        assertThat(of(List.of(1.0, 1.0, 2.0, 2.0, 3.0)).p()).isCloseTo(0.0676, within(1e-3));
        assertThat(of(List.of(2.0, 2.0, 2.0, 2.0, 2.0))).isEqualTo(new Trend(State.STATIONARY, 1.0, 0));
    }

    @Test
    void forksAddUp() {
        List<Double> rising = List.of(1.0, 2.0, 3.0);
        assertThat(of(rising).state()).isEqualTo(State.UNKNOWN);
        assertThat(new Samples(List.of(rising, rising, rising)).trend().state()).isEqualTo(State.TRENDING);
        assertThat(new Samples(List.of(rising, List.of(3.0, 2.0, 1.0), rising)).trend().state())
                .isEqualTo(State.STATIONARY);
    }

    @Test
    void aTrendOfNoWeightIsNone() {
        Trend trend = of(IntStream.range(0, 20).mapToObj(i -> 100 + i * 0.01).toList());
        assertThat(trend.p()).isLessThan(1e-6);
        assertThat(trend.state()).isEqualTo(State.STATIONARY);
    }

    @Test
    void noiseIsRarelyTakenForATrend() {
        Random random = new Random(2);
        long trending = IntStream.range(0, 1000)
                .filter(i -> of(random.doubles(10, 90, 110).boxed().toList()).state() == State.TRENDING).count();
        assertThat(trending).isBetween(20L, 60L);
    }

    @Test
    void singleSamplesTellNothing() {
        assertThat(new Samples(List.of(List.of(1.0), List.of(2.0))).trend()).isEqualTo(new Trend(State.UNKNOWN, null, 0));
    }
}
