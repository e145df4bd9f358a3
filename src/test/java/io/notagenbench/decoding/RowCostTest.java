package io.notagenbench.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RowCostTest {

    private final RowCost cost = new RowCost();

    private void observe(int times, int rows, long nanos) {
        for (int i = 0; i < times; i++) {
            cost.observe(rows, nanos);
        }
    }

    @Test
    void isTheShareOfAPassThatOneRowMoreTakes() {
        observe(1, 1, 1000);
        assertThat(cost.ofARow()).as("a guess until both are known").isBetween(0.05, 0.3);
        observe(1, 5, 1400);
        assertThat(cost.ofARow()).isEqualTo(0.1, within(1e-9));
        observe(100, 5, 1800);
        assertThat(cost.ofARow()).isEqualTo(0.2, within(1e-3));
    }

    @Test
    void aPassThatWasHeldUpEndsNoDraftsForGood() {
        observe(20, 1, 1000);
        observe(1, 2, 1_000_000);
        assertThat(cost.ofARow()).as("nothing is worth that").isGreaterThan(1);
        observe(1000, 1, 1000);
        assertThat(cost.ofARow()).as("it is tried again").isLessThan(0.2);
        observe(20, 2, 1100);
        double usual = cost.ofARow();
        observe(1, 2, 1_000_000);
        assertThat(cost.ofARow()).as("one late pass says little").isLessThan(usual + 0.15);
    }
}
