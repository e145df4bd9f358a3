package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.fault.Outcome;
import io.notagenbench.results.Cell;
import io.notagenbench.results.CellRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static Cell cell(String model, String backend, int context, int forks) {
        return new Cell("a.B.c", Map.of("model", model, "backend", backend, "context", String.valueOf(context)),
                Map.of("f", String.valueOf(forks)));
    }

    private static final Map<Integer, Cell> CELLS = new LinkedHashMap<>();

    static {
        for (int number = 1; number <= 16; number++) {
            CELLS.put(number, cell("tiny", number % 2 == 0 ? "onnx" : "pytorch", 17 - number, number <= 4 ? 3 : 2));
        }
    }

    private static Rounds rounds(long seed) {
        return new Rounds(new Allocation(CELLS, Optional.empty(), seed), seed);
    }

    @Test
    void everyRoundHasOneForkOfEachCellThatStillHasOne() {
        Rounds rounds = rounds(5);
        assertThat(rounds.count()).isEqualTo(3);
        assertThat(rounds.order(1)).containsExactlyInAnyOrderElementsOf(CELLS.keySet());
        assertThat(rounds.order(2)).containsExactlyInAnyOrderElementsOf(CELLS.keySet()).isNotEqualTo(rounds.order(1));
        assertThat(rounds.order(3)).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void theOrderFollowsFromTheSeed() {
        assertThat(rounds(5).order(2)).isEqualTo(rounds(5).order(2))
                .isNotEqualTo(rounds(6).order(2)).isNotEqualTo(List.copyOf(CELLS.keySet()));
    }

    @Test
    void theFirstRoundTriesASmallerCellBeforeALargerOne() {
        for (int seed = 0; seed < 20; seed++) {
            List<Integer> order = rounds(seed).order(1);
            for (int parity : new int[] {0, 1}) {
                assertThat(order.stream().filter(number -> number % 2 == parity)
                        .map(number -> Integer.parseInt(CELLS.get(number).params().get("context")))).isSorted();
            }
        }
        assertThat(IntStream.range(0, 20).mapToObj(seed -> rounds(seed).order(1)).distinct().count())
                .as("the two arms are mixed anew each time").isGreaterThan(10);
    }

    @Test
    void whatASmallerCellSaysOfALargerOne() {
        Footprint footprint = new Footprint();
        assertThat(footprint.isWithin(cell("tiny", "onnx", 8, 1), cell("tiny", "onnx", 9, 1))).isTrue();
        assertThat(footprint.isWithin(cell("tiny", "onnx", 9, 1), cell("tiny", "onnx", 8, 1))).isFalse();
        assertThat(footprint.isWithin(cell("tiny", "onnx", 8, 1), cell("large", "onnx", 8, 1))).isTrue();
        assertThat(footprint.isWithin(cell("large", "onnx", 8, 1), cell("tiny", "onnx", 9, 1))).isFalse();
        assertThat(footprint.isWithin(cell("tiny", "onnx", 8, 1), cell("tiny", "pytorch", 9, 1))).isFalse();
        CellRow full = new CellRow(1, "a.B.c", cell("tiny", "onnx", 8, 1).params(), Map.of(), Outcome.OOM_DEVICE, "", 1, null,
                null, null);
        assertThat(footprint.refusal(cell("tiny", "onnx", 9, 1), full)).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("It cannot fit: B.c ").contains("context=8")
                .endsWith(", which takes no more memory, ended as OOM_DEVICE."));
        assertThat(footprint.refusal(cell("tiny", "onnx", 7, 1), full)).isEmpty();
    }
}
