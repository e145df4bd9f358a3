package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import io.notagenbench.results.Cell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {

    private static final List<Cell> PLAN = IntStream.range(0, 20).mapToObj(i -> new Cell("a.B.c",
            Map.of("seed", String.valueOf(i / 2), "backend", i % 2 == 0 ? "onnx" : "pytorch"), Map.of("f", "1"))).toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 16, 20, 23})
    void everyCellIsInOnePart(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int index = 1; index <= count; index++) {
            Map<Integer, Cell> part = new Shard(index, count).of(PLAN);
            assertThat(part.size()).isLessThanOrEqualTo((PLAN.size() + count - 1) / count + 1);
            part.forEach((number, cell) -> assertThat(cell).isEqualTo(PLAN.get(number - 1)));
            numbers.addAll(part.keySet());
        }
        assertThat(numbers).hasSize(PLAN.size());
        assertThat(new HashSet<>(numbers)).hasSize(PLAN.size());
    }

    @Test
    void armsThatAreComparedStayOnOneMachine() {
        Set<String> seeds = new HashSet<>();
        for (int index = 1; index <= 3; index++) {
            List<String> part = new Shard(index, 3).of(PLAN).values().stream().map(cell -> cell.params().get("seed")).toList();
            Set<String> distinct = new HashSet<>(part);
            assertThat(part).hasSize(2 * distinct.size());
            assertThat(seeds).doesNotContainAnyElementsOf(distinct);
            seeds.addAll(distinct);
        }
    }

    @Test
    void eachPartHasAFolderOfItsOwn() {
        assertThat(Shard.parse("2/16").folder(Path.of("run"))).isEqualTo(Path.of("run", "shard-2-of-16"));
        assertThat(Shard.WHOLE.folder(Path.of("run"))).isEqualTo(Path.of("run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/2", "3/2", "2", "a/b", "1/0", "-1/2", "1/2/3"})
    void whatIsNoPartIsRefused(String text) {
        assertThatThrownBy(() -> Shard.parse(text)).isInstanceOf(Fault.class).hasMessageContaining("--shard " + text);
    }
}
