package io.notagenbench.arms;

import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrecisionLossTest {

    /** Two characters are possible, the others as good as not. */
    private static double[] logits(double first, double second) {
        double[] logits = new double[VOCABULARY];
        Arrays.fill(logits, -1000);
        logits[0] = first;
        logits[1] = second;
        return logits;
    }

    @Test
    void theDivergenceIsThatOfTheDistributions() {
        // 0.8 and 0.2 against 0.5 and 0.5, and one character that is right
        double[][][] right = {{logits(Math.log(0.8), Math.log(0.2))}, {logits(1, 0)}};
        double[][][] given = {{logits(7, 7.000001)}, {logits(1, 0)}};
        PrecisionLoss loss = PrecisionLoss.of(right, given);
        double divergence = 0.8 * Math.log(0.8 / 0.5) + 0.2 * Math.log(0.2 / 0.5);
        assertThat(loss.divergence()).isCloseTo(divergence / 2, within(1e-5));
        assertThat(loss.agreement()).isEqualTo(0.5);
    }
}
