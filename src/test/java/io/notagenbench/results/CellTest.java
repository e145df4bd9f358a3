package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.params.Parameter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellTest {

    private static Cell cell(Map<String, String> params) {
        return new Cell("a.FullPieceBenchmark.generate", params, Map.of("f", "1"));
    }

    @Test
    void aParameterThatAnEarlierBuildDidNotKnowIsAtItsDefault() {
        String limit = Parameter.TIME_LIMIT.label();
        Cell earlier = cell(Map.of("seed", "3"));
        Cell now = cell(Map.of("seed", "3", limit, Parameter.TIME_LIMIT.defaultValue()));

        assertThat(now).isEqualTo(earlier).hasSameHashCodeAs(earlier);
        assertThat(cell(Map.of("seed", "3", limit, "5"))).isNotEqualTo(earlier);
        assertThat(cell(Map.of("seed", "4"))).isNotEqualTo(earlier);
        assertThat(new Cell("a.FullPieceBenchmark.generate", Map.of("seed", "3"), Map.of("f", "2"))).isNotEqualTo(earlier);
    }

    @Test
    void aCellOfAnOlderRunIsThatOfThePresentName() {
        String suite = "io.notagenbench.benchmark.";

        assertThat(new Cell(suite + "PieceBenchmark.generate", Map.of(), Map.of()))
                .isEqualTo(new Cell(suite + "FullPieceBenchmark.generate", Map.of(), Map.of()));
    }

    @Test
    void whatIsNoParameterOfTheSuiteCounts() {
        assertThat(cell(Map.of("own", "1"))).isNotEqualTo(cell(Map.of()));
    }
}
