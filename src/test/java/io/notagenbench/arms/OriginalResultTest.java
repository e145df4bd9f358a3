package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginalResultTest {

    private static final String ARM = "onnx/fp32/cached";
    private static final String REDUCED = "pytorch/int8/cached";

    @Test
    void aRowIsTheMedianOfItsRoundsAndTheRatioIsTakenInEachRound() {
        OriginalResult result = result(ARM, run(1, "original", 10, "abc"), run(1, ARM, 1, "abc"),
                run(2, ARM, 8, "abc"), run(2, "original", 40, "abc"),
                run(3, "original", 20, "abc"), run(3, ARM, 5, "abc"));
        assertThat(result.rows()).containsExactly(
                new OriginalResult.Row("original", true, true, 20, 2000, 1000, 4000, 1, 2),
                new OriginalResult.Row(ARM, true, true, 5, 500, 100, 800, 5, 0.5));
        assertThat(result.rounds()).isEqualTo(3);
        assertThat(result.passes()).isTrue();
        assertThat(result.difference(ARM)).isEmpty();
    }

    @Test
    void anotherTextInAnyRoundFails() {
        OriginalResult result = result(ARM, run(1, "original", 1, "abc"), run(1, ARM, 1, "abc"),
                run(2, "original", 1, "abc"), run(2, ARM, 1, "ab\nd"));
        assertThat(result.passes()).isFalse();
        assertThat(result.rows().get(1).sameText()).isFalse();
        assertThat(result.difference(ARM))
                .contains("at character 2 of 3: 'ab\\nd', the original has 'abc'");
    }

    @Test
    void anOriginalThatDoesNotRepeatItselfFails() {
        assertThat(result(ARM, run(1, "original", 1, "abc"), run(1, ARM, 1, "abc"), run(2, "original", 1, "abd"),
                run(2, ARM, 1, "abc")).passes()).isFalse();
    }

    @Test
    void aReducedPrecisionMayWriteAnotherText() {
        OriginalResult result = result(REDUCED, run(1, "original", 1, "abc"), run(1, REDUCED, 1, "abcd"));
        assertThat(result.passes()).isTrue();
        assertThat(result.rows().get(1).mustBeSame()).isFalse();
        assertThat(result.difference(REDUCED)).contains("at character 3 of 3: 'abcd', the original has 'abc'");
    }

    private static OriginalRun run(int round, String arm, double seconds, String text) {
        return new OriginalRun(round, 1, arm, 10, 0, seconds, false, text);
    }

    private static OriginalResult result(String arm, OriginalRun... runs) {
        Map<String, Double> loads = new LinkedHashMap<>();
        loads.put("original", 2.0);
        loads.put(arm, 0.5);
        return new OriginalResult("tiny", "hash", Map.of(), 1, Map.of(), loads, List.of(runs));
    }
}
