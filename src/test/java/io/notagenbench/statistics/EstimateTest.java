package io.notagenbench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void oneForkHasAnIntervalOverItsSamples() {
        Estimate estimate = new Samples(List.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0))).estimate();
        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.sd()).isCloseTo(Math.sqrt(2.5), within(1e-12));
        assertThat(estimate.sdWithin()).isEqualTo(estimate.sd());
        assertThat(estimate.sdBetween()).isNull();
        // t(0.975; 4) = 2.776445
        assertThat(estimate.high() - 3).isCloseTo(2.776445 * Math.sqrt(0.5), within(1e-5));
        assertThat(estimate.low() + estimate.high()).isCloseTo(6, within(1e-9));
        assertThat(estimate.basis()).isEqualTo(Estimate.Basis.ITERATIONS);
    }

    @Test
    void severalForksHaveAnIntervalOverTheirMeans() {
        Estimate estimate = new Samples(List.of(List.of(9.0, 11.0), List.of(19.0, 21.0), List.of(29.0, 31.0))).estimate();
        assertThat(estimate.mean()).isEqualTo(20);
        assertThat(estimate.sdWithin()).isCloseTo(Math.sqrt(2), within(1e-12));
        // means 10, 20, 30 have variance 100, of which 2 / 2 is from within
        assertThat(estimate.sdBetween()).isCloseTo(Math.sqrt(99), within(1e-12));
        // t(0.975; 2) = 4.302653
        assertThat(estimate.high() - 20).isCloseTo(4.302653 * 10 / Math.sqrt(3), within(1e-5));
        assertThat(estimate.basis()).isEqualTo(Estimate.Basis.FORKS);
    }

    @Test
    void forksThatDifferByLessThanTheirSamplesHaveNoSpreadOfTheirOwn() {
        assertThat(new Samples(List.of(List.of(1.0, 9.0), List.of(2.0, 8.0))).estimate().sdBetween()).isZero();
    }

    @Test
    void theTwoSpreadsAreFoundAgain() {
        Random random = new Random(1);
        Samples samples = new Samples(IntStream.range(0, 2000).mapToObj(fork -> {
            double level = 100 + 5 * random.nextGaussian();
            return random.doubles(fork % 2 == 0 ? 3 : 8).mapToObj(unused -> level + 2 * random.nextGaussian()).toList();
        }).toList());
        assertThat(samples.estimate().sdWithin()).isCloseTo(2, within(0.1));
        assertThat(samples.estimate().sdBetween()).isCloseTo(5, within(0.3));
    }

    @Test
    void aSingleSampleHasAMeanAndNoMore() {
        Estimate estimate = new Samples(List.of(List.of(7.0))).estimate();
        assertThat(estimate.mean()).isEqualTo(7);
        assertThat(estimate.sd()).isNull();
        assertThat(estimate.low()).isNull();
        assertThat(estimate.sdWithin()).isNull();
    }

    @Test
    void whatIsNoSampleIsRefused() {
        assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Samples(List.of(List.of()))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Samples(List.of(List.of(Double.NaN)))).isInstanceOf(IllegalArgumentException.class);
    }
}
