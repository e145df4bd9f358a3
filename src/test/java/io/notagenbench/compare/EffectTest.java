package io.notagenbench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EffectTest {

    private static final double MARGIN = 0.05;

    private static double[] normal(Random random, int size, double mean, double deviation) {
        return random.doubles(size).map(x -> mean + deviation * random.nextGaussian()).toArray();
    }

    /** Published example of unequal variances: t = -2.46 with 25.0 degrees of freedom, p = 0.021. */
    @Test
    void itIsWelchsTest() {
        double[] a = {27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4};
        double[] b = {27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4};
        Effect effect = Effect.of(a, b, MARGIN, 0.05);
        assertThat(effect.pDifferent()).isCloseTo(0.021, within(0.0005));
        double difference = Math.log(effect.ratio());
        // 2.060 is the 97.5 % quantile of t with 25 degrees of freedom.
        assertThat(Math.log(effect.high()) - difference).isCloseTo(2.060 * difference / 2.46, within(0.01));
        assertThat(difference - Math.log(effect.low())).isCloseTo(2.060 * difference / 2.46, within(0.01));
        assertThat(effect.g()).isCloseTo(2.46 * Math.sqrt(2.0 / 15) * (1 - 3.0 / 111), within(0.005));
    }

    @Test
    void pAndIntervalSayTheSame() {
        Random random = new Random(1);
        int excluded = 0;
        for (int i = 0; i < 300; i++) {
            Effect effect = Effect.of(normal(random, 2 + i % 4, 0, 0.02), normal(random, 3 + i % 5, 0.02, 0.05), MARGIN, 0.05);
            boolean excludesOne = effect.low() > 1 || effect.high() < 1;
            assertThat(effect.pDifferent() < 0.05).isEqualTo(excludesOne);
            excluded += excludesOne ? 1 : 0;
        }
        assertThat(excluded).isBetween(20, 280);
    }

    /** Two one-sided tests at 5 % are the 90 % interval within the margin. */
    @Test
    void equivalenceIsAnIntervalWithinTheMargin() {
        Random random = new Random(2);
        int equivalent = 0;
        for (int i = 0; i < 300; i++) {
            Effect effect = Effect.of(normal(random, 4, 0, 0.02), normal(random, 5, 0.01, 0.03), MARGIN, 0.1);
            boolean within = effect.high() < 1 + MARGIN && effect.low() > 1 / (1 + MARGIN);
            assertThat(effect.pEquivalent() < 0.05).isEqualTo(within);
            equivalent += within ? 1 : 0;
        }
        assertThat(equivalent).isBetween(20, 280);
    }

    @Test
    void theSidesAreSymmetric() {
        Random random = new Random(3);
        double[] a = normal(random, 4, 0, 0.02);
        double[] b = normal(random, 6, 0.1, 0.05);
        Effect effect = Effect.of(a, b, MARGIN, 0.05);
        Effect swapped = Effect.of(b, a, MARGIN, 0.05);
        assertThat(swapped.ratio()).isCloseTo(1 / effect.ratio(), within(1e-12));
        assertThat(swapped.low()).isCloseTo(1 / effect.high(), within(1e-12));
        assertThat(swapped.g()).isCloseTo(-effect.g(), within(1e-12));
        assertThat(swapped.pDifferent()).isCloseTo(effect.pDifferent(), within(1e-12));
        assertThat(swapped.pEquivalent()).isCloseTo(effect.pEquivalent(), within(1e-12));
    }
}
