package io.notagenbench.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.notagenbench.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

    private static float[] goldenLogits() {
        float[] logits = new float[128];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (37 * i % 128) / 16f;
        }
        return logits;
    }

    @ParameterizedTest
    @CsvSource({
        "9, 0.9, 1.2, 1234, 83 38 121 76 31 114 69 24, 0.1489327797446521, 31 83 69 114 114 38 38 114 121 121 38 76",
        "9, 0.9, 1.0, 1234, 83 38 121 76 31 114 69 24, 0.1539813423190278, 31 83 69 114 114 38 38 114 121 121 38 76",
        "15, 0.9, 1.2, 1234, 83 38 121 76 31 114 69 24 107 62 17 100 55, 0.10317118974748979,"
                + " 31 83 69 107 107 38 38 107 121 114 55 69",
        "9, 0.9, 1.0, 7, 83 38 121 76 31 114 69 24, 0.1539813423190278, 24 114 69 83 121 76 76 24 38 76 83 114",
        "5, 0.85, 1.5, 42, 83 38 121 76 31, 0.21700372546557017, 38 121 83 83 31 31 31 121 83 83 31 121"})
    void drawsWhatNumpyDraws(int k, double p, double temperature, long seed, String kept, double first, String draws) {
        Sampler sampler = new Sampler(new SamplerSettings(k, p, temperature));
        NumpyRandom random = new NumpyRandom(seed);

        int[] drawn = IntStream.range(0, 12).map(i -> sampler.sample(goldenLogits(), 0, random.nextDouble())).toArray();

        assertThat(drawn).containsExactly(ids(draws));
        double[] distribution = sampler.distribution();
        int[] expected = ids(kept);
        // numpy's own exp and log differ in the last bit from one processor to another.
        assertThat(distribution[expected[0]]).isCloseTo(first, offset(4 * Math.ulp(first)));
        assertThat(IntStream.range(0, 128).filter(i -> distribution[i] > 1e-6).toArray())
                .containsExactlyInAnyOrder(expected);
        for (int rank = 1; rank < expected.length; rank++) {
            assertThat(distribution[expected[rank]]).isLessThan(distribution[expected[rank - 1]]);
        }
    }

    private static int[] ids(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void drawsUniformsAsNumpyDoes() {
        NumpyRandom zero = new NumpyRandom(0);
        assertThat(List.of(zero.nextDouble(), zero.nextDouble(), zero.nextDouble(), zero.nextDouble()))
                .containsExactly(.5488135039273248, .7151893663724195, .6027633760716439, .5448831829968969);
        NumpyRandom other = new NumpyRandom(42);
        assertThat(List.of(other.nextDouble(), other.nextDouble(), other.nextDouble(), other.nextDouble()))
                .containsExactly(.3745401188473625, .9507143064099162, .7319939418114051, .5986584841970366);
    }

    @Test
    void agreesToTheLastBitWithThePlainRecipe() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            SamplerSettings settings = new SamplerSettings(random.nextInt(20) - 1,
                    List.of(0.0, 0.5, 0.9, 0.95, 1.0).get(random.nextInt(5)),
                    List.of(0.5, 1.0, 1.2, 3.0).get(random.nextInt(4)));
            float[] logits = logits(random);
            double uniform = random.nextDouble();

            Sampler sampler = new Sampler(settings);
            int drawn = sampler.sample(logits, 0, uniform);

            double[] plain = PlainSampler.distribution(logits, settings);
            assertThat(sampler.distribution()).as("%s", settings).containsExactly(plain);
            assertThat(drawn).isEqualTo(PlainSampler.draw(plain, uniform));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-5, 1e-9, 1e-300, Double.MIN_VALUE})
    void theMostProbableCharacterIsDrawnWhereATemperatureLeavesNoPower(double temperature) {
        for (SamplerSettings settings : List.of(new SamplerSettings(0, 1, temperature), new SamplerSettings(9, 1, temperature),
                new SamplerSettings(0, 0.9, temperature), new SamplerSettings(9, 0.9, temperature))) {
            Sampler sampler = new Sampler(settings);
            for (double uniform : new double[] {0, 0.5, Math.nextDown(1.0)}) {
                assertThat(sampler.sample(goldenLogits(), 0, uniform)).as("%s", settings).isEqualTo(83);
            }
            assertThat(sampler.distribution()[83]).isEqualTo(1);
        }
    }

    /** Peaked, flat, with ties, with values that overflow or are not numbers. */
    private static float[] logits(Random random) {
        float[] logits = new float[128];
        float spread = List.of(0f, 1f, 5f, 40f).get(random.nextInt(4));
        boolean ties = random.nextInt(4) == 0;
        for (int i = 0; i < logits.length; i++) {
            float value = (float) (random.nextGaussian() * spread);
            logits[i] = ties ? Math.round(value) : value;
        }
        if (random.nextInt(50) == 0) {
            logits[random.nextInt(128)] = List.of(Float.NaN, Float.NEGATIVE_INFINITY, -1e30f).get(random.nextInt(3));
        }
        return logits;
    }

    @Test
    void measuresTheMarginOfADraw() {
        Sampler sampler = new Sampler(new SamplerSettings(9, 0.9, 1.2));
        sampler.sample(goldenLogits(), 0, 0.25);
        double below = 0;
        double sum = 0;
        for (double p : sampler.distribution()) {
            sum += p;
            if (sum <= 0.25) {
                below = sum;
            } else {
                break;
            }
        }
        assertThat(sampler.margin(below + 1e-4)).isCloseTo(1e-4, offset(1e-10));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new SamplerSettings(9, 0.9, 0)).isInstanceOf(Fault.class)
                .hasMessageContaining("greedy").hasMessageContaining("topK=1");
        assertThatThrownBy(() -> new SamplerSettings(9, Double.NaN, 1)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> new NumpyRandom(-1)).isInstanceOf(Fault.class);
        assertThatThrownBy(() -> new NumpyRandom(1L << 32)).isInstanceOf(Fault.class);
    }
}
