package io.notagenbench.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0..3; 0 1 2 3", "7..7; 7", "32..256 x2; 32 64 128 256", "8..100x3; 8 24 72",
        "0.8..1.3 +0.2; 0.8 1.0 1.2", "10..30 +10; 10 20 30", "1..4 x1.5; 1 1.5 2.25 3.375", "1e-3..1E-1 x1e1; 0.001 0.01 0.1"})
    void aRangeHasItsValues(String range, String values) {
        assertThat(String.join(" ", Range.expand(range))).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-voices", "../weights.pth", "a..b", "1..", "3", "1...4", "-1..3", "0..3 -1"})
    void whatIsNoRangeIsAValue(String text) {
        assertThat(Range.expand(text)).containsExactly(text);
    }

    @Test
    void aRangeHasAnEnd() {
        for (String endless : new String[] {"1..3 +0", "1..3 x1", "0..3 x2", "3..1", "0..999999999"}) {
            assertThatThrownBy(() -> Range.expand(endless)).isInstanceOf(Fault.class).hasMessageStartingWith(endless);
        }
    }
}
