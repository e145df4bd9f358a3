package io.notagenbench.params;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombinationsTest {

    @Test
    void theLastNameChangesFastest() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("a", List.of("1", "2"));
        values.put("b", List.of("x", "y"));
        values.put("c", List.of("0"));
        assertThat(Combinations.of(values)).containsExactly(
                Map.of("a", "1", "b", "x", "c", "0"), Map.of("a", "1", "b", "y", "c", "0"),
                Map.of("a", "2", "b", "x", "c", "0"), Map.of("a", "2", "b", "y", "c", "0"));
    }

    @Test
    void nothingHasOneCombination() {
        assertThat(Combinations.of(Map.of())).containsExactly(Map.of());
    }
}
