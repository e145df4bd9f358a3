package io.notagenbench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When requests are sent, and what they ask for. */
class ScheduleTest {

    @Test
    void poissonArrivalsHaveExponentialGapsThatTheSeedDecides() {
        long[] offsets = Arrivals.POISSON.offsets(20_001, 4, 7);
        double[] gaps = IntStream.range(0, 20_000).mapToDouble(i -> (offsets[i + 1] - offsets[i]) / 1e9).toArray();

        double mean = Arrays.stream(gaps).average().orElseThrow();
        double variance = Arrays.stream(gaps).map(gap -> (gap - mean) * (gap - mean)).average().orElseThrow();
        assertThat(mean).isCloseTo(0.25, within(0.01));
        assertThat(Math.sqrt(variance)).isCloseTo(mean, within(0.02));
        assertThat(Arrivals.POISSON.offsets(20_001, 4, 7)).isEqualTo(offsets);
        assertThat(Arrivals.POISSON.offsets(20_001, 4, 8)).isNotEqualTo(offsets);
    }

    @Test
    void constantArrivalsHaveOneGap() {
        assertThat(Arrivals.CONSTANT.offsets(4, 2, 7)).containsExactly(0, 500_000_000, 1_000_000_000, 1_500_000_000);
    }

    @Test
    void popularityDecidesHowOftenAPieceIsAskedFor() {
        assertThat(Popularity.of("unique").pieces(5, 1)).containsExactly(0, 1, 2, 3, 4);
        int[] repeated = Popularity.of("repeat:0.5").pieces(10_000, 1);
        assertThat((double) Arrays.stream(repeated).distinct().count()).isCloseTo(5_000, within(200.0));
        int[] zipf = Popularity.of("zipf:1:100").pieces(50_000, 1);
        long[] counts = IntStream.range(0, 100).mapToLong(piece -> Arrays.stream(zipf).filter(one -> one == piece).count()).toArray();
        assertThat((double) counts[0] / counts[1]).isCloseTo(2, within(0.15));
        assertThat((double) counts[0] / counts[9]).isCloseTo(10, within(1.0));
        assertThat(Popularity.of("zipf:1:100").pieces(50_000, 1)).isEqualTo(zipf);
    }

    @ParameterizedTest
    @CsvSource({"often", "repeat:2", "repeat:", "zipf:0.9", "zipf:0.9:0", "zipf:x:5", "unique:1"})
    void anUnknownPopularityIsToldWithTheKnownOnes(String name) {
        assertThatThrownBy(() -> Popularity.of(name)).hasMessageStartingWith("--popularity " + name + " is not possible: give unique,");
    }
}
