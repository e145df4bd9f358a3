package io.notagenbench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrectionTest {

    private static final double[] P = {0.01, 0.04, 0.03, 0.005};

    /** What R's p.adjust gives. */
    @Test
    void eachIsTheOneItIsNamedAfter() {
        assertThat(Correction.HOLM.adjust(P)).containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Correction.BH.adjust(P)).containsExactly(new double[] {0.02, 0.04, 0.04, 0.02}, within(1e-12));
    }

    @Test
    void pNeverPassesOne() {
        double[] large = {0.9, 0.8};
        assertThat(Correction.HOLM.adjust(large)).containsExactly(1, 1);
        assertThat(Correction.BH.adjust(large)).containsExactly(0.9, 0.9);
        assertThat(Correction.HOLM.adjust(new double[0])).isEmpty();
    }
}
