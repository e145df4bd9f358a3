package io.notagenbench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidenceSequenceTest {

    private static final int RUNS = 1000;
    private static final int MOST = 25;

    @Test
    void twoSamplesSayNothing() {
        assertThat(ConfidenceSequence.of(1, 2)).isEmpty();
        assertThat(ConfidenceSequence.of()).isEmpty();
    }

    /** Student's t of 2 degrees of freedom at 97.5 % in the middle is 6.205, of 3 at 99.17 % it is 6.231 (R: qt). */
    @Test
    void theLevelIsSpentOverAllNumbersOfSamples() {
        assertThat(ConfidenceSequence.of(9, 10, 11).orElseThrow().half()).isCloseTo(6.205 / Math.sqrt(3), within(0.001));
        ConfidenceSequence four = ConfidenceSequence.of(9, 10, 10, 11).orElseThrow();
        assertThat(four.half()).isCloseTo(6.231 * Math.sqrt(2.0 / 3 / 4), within(0.01));
        assertThat(four.relative()).isEqualTo(four.half() / 10);
        assertThat(four.overlaps(new ConfidenceSequence(13, 0.5))).isTrue();
        assertThat(four.overlaps(new ConfidenceSequence(13, 0.4))).isFalse();
    }

    /** Looks after each sample of normal ones around 100: how often is the mean outside at least once? */
    @Test
    void whoLooksAfterEachSampleIsStillRightInNineteenOfTwentyRuns() {
        Random random = new Random(1);
        int outside = 0;
        int outsideOfStudents = 0;
        for (int run = 0; run < RUNS; run++) {
            double[] samples = random.doubles(MOST).map(none -> 100 + 10 * random.nextGaussian()).toArray();
            boolean missed = false;
            boolean missedByStudent = false;
            for (int n = ConfidenceSequence.LEAST; n <= MOST; n++) {
                double[] seen = Arrays.copyOf(samples, n);
                ConfidenceSequence interval = ConfidenceSequence.of(seen).orElseThrow();
                missed |= Math.abs(interval.mean() - 100) > interval.half();
                Estimate student = new Samples(Arrays.stream(seen).mapToObj(List::of).toList()).estimate();
                missedByStudent |= student.low() > 100 || student.high() < 100;
            }
            outside += missed ? 1 : 0;
            outsideOfStudents += missedByStudent ? 1 : 0;
        }
        assertThat(outside).isLessThanOrEqualTo(RUNS / 20);
        assertThat(outsideOfStudents).as("looking makes Student's interval too narrow").isGreaterThan(RUNS * 3 / 20);
    }

    @Test
    void anEstimateOfForksThatWereStoppedByWhatTheyGaveIsWider() {
        Samples samples = new Samples(List.of(List.of(9.0), List.of(10.0), List.of(11.0)));
        Estimate estimate = samples.estimateUntilDecided();
        assertThat(estimate.basis()).isEqualTo(Estimate.Basis.FORKS_UNTIL_DECIDED);
        assertThat(estimate.high() - estimate.low()).isGreaterThan(samples.estimate().high() - samples.estimate().low());
        assertThat(new Samples(List.of(List.of(9.0), List.of(10.0))).estimateUntilDecided().low()).isNull();
        Samples one = new Samples(List.of(List.of(9.0, 10.0)));
        assertThat(one.estimateUntilDecided()).isEqualTo(one.estimate());
    }
}
