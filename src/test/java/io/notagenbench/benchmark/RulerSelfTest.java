package io.notagenbench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.benchmark.state.RulerState;
import org.junit.jupiter.api.Test;

/** The ruler's work is what it says, each time anew. */
class RulerSelfTest {

    @Test
    void itsWorkNeverChanges() {
        RulerState state = new RulerState();
        state.fill();
        RulerBenchmark ruler = new RulerBenchmark();
        for (int i = 0; i < 3; i++) {
            // 96 products of 1, from a row whose values are 1 to 5 in turn, and 5, from columns of 1 to 7
            assertThat(ruler.compute(state)).isEqualTo(96 * 1 * 5);
            // 0 + 1 + ... + (2^23 - 1)
            assertThat(ruler.memory(state)).isEqualTo((1L << 22) * ((1L << 23) - 1));
        }
    }
}
