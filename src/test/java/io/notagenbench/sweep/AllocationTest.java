package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.Cell;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.ForkRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Forks are made up: what each gives follows from how many its cell had before. */
class AllocationTest {

    private static final double SECONDS = 10;

    private final Map<Integer, Cell> cells = new TreeMap<>();
    private final Map<Integer, IntToDoubleFunction> times = new HashMap<>();
    private final Map<Integer, List<ForkRow>> forks = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();

    private void cell(String benchmark, String backend, String work, IntToDoubleFunction time) {
        int number = cells.size() + 1;
        cells.put(number, new Cell("io.notagenbench.benchmark." + benchmark, Map.of("backend", backend, "work", work), Map.of("f", "2")));
        times.put(number, time);
    }

    private void piece(String backend, IntToDoubleFunction time) {
        cell("FullPieceBenchmark.generate", backend, "chopin", time);
    }

    private void run(int number) {
        List<ForkRow> ended = forks.computeIfAbsent(number, first -> new ArrayList<>());
        String result = "{\"mode\":\"ss\",\"primaryMetric\":{\"scoreUnit\":\"ms/op\",\"rawData\":[[%s]]}}"
                .formatted(times.get(number).applyAsDouble(ended.size()));
        try {
            ended.add(new ForkRow(number, new ForkRun(ended.size() + 1, 1, "then", SECONDS, null, null, null), Outcome.OK, "", null, null,
                    new ObjectMapper().readTree(result)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        order.add(number);
    }

    /** Runs one round and what follows; returns how many forks each cell got. */
    private List<Integer> spend(String budget, long seed) {
        Allocation allocation = new Allocation(cells, Optional.of(Span.budget(budget)), seed);
        cells.keySet().forEach(number -> {
            if (!forks.containsKey(number)) {
                run(number);
            }
        });
        Optional<Integer> next = allocation.next(forks, Set.of());
        while (next.isPresent()) {
            run(next.get());
            next = allocation.next(forks, Set.of());
        }
        return cells.keySet().stream().map(number -> forks.get(number).size()).toList();
    }

    private static IntToDoubleFunction around(double mean, double deviation) {
        return fork -> mean + (fork % 2 == 0 ? deviation : -deviation);
    }

    @Test
    void withoutABudgetThePlanSaysHowManyForksThereAre() {
        piece("onnx", around(100, 50));
        Allocation allocation = new Allocation(cells, Optional.empty(), 1);
        assertThat(allocation.least(1)).isEqualTo(2);
        assertThat(allocation.open()).isEmpty();
        run(1);
        assertThat(allocation.next(forks, Set.of())).isEmpty();
    }

    @Test
    void onlyTheCellsOfTheAnswerGetMoreThanOneFork() {
        piece("onnx", around(100, 0));
        cell("TextBenchmark.encode", "onnx", "long", around(5, 3));
        assertThat(spend("1h", 1)).containsExactly(3, 1);
    }

    @Test
    void aPlanWithoutThoseSpendsItsTimeOnAll() {
        cell("TextBenchmark.encode", "onnx", "long", around(5, 0));
        cell("TextBenchmark.decode", "onnx", "long", around(5, 0));
        assertThat(spend("1h", 1)).containsExactly(3, 3);
    }

    @Test
    void whatIsToldApartGetsNoMoreThoughItIsNotKnownWell() {
        piece("onnx", around(100, 1));
        piece("pytorch", around(1000, 80));
        assertThat(spend("1h", 1)).containsExactly(3, 3);
    }

    @Test
    void whatIsNotToldApartIsMeasuredUntilItIsKnownWithinFivePercent() {
        piece("onnx", around(100, 3));
        piece("pytorch", around(101, 1));
        List<Integer> counts = spend("1h", 1);
        assertThat(counts.get(0)).as("it varies more").isBetween(4, 20);
        assertThat(counts.get(1)).isEqualTo(3);
    }

    @Test
    void theWidestIntervalIsNextAndTheBudgetEndsIt() {
        piece("onnx", around(100, 30));
        piece("pytorch", around(110, 10));
        List<Integer> counts = spend("100s", 1);
        assertThat(counts.get(0) + counts.get(1)).as("forks of ten seconds").isEqualTo(10);
        assertThat(order.subList(6, 10)).as("after three forks each").containsOnly(1);
    }

    @Test
    void oneRoundIsRunHoweverSmallTheBudgetIs() {
        piece("onnx", around(100, 30));
        piece("pytorch", around(110, 30));
        assertThat(spend("5s", 1)).containsExactly(1, 1);
    }

    @Test
    void theOrderFollowsFromTheSeedAndWhatWasSpentBeforeCounts() {
        for (String backend : List.of("a", "b", "c", "d")) {
            piece(backend, around(100, 30));
        }
        List<Integer> counts = spend("90s", 7);
        List<Integer> first = List.copyOf(order);
        assertThat(spend("90s", 7)).as("resumed").isEqualTo(counts);
        assertThat(order).isEqualTo(first);
        forks.clear();
        order.clear();
        spend("90s", 7);
        assertThat(order).isEqualTo(first);
        forks.clear();
        order.clear();
        spend("90s", 8);
        assertThat(order).isNotEqualTo(first);
    }

    @Test
    void whatHasEndedGetsNoMore() {
        piece("onnx", around(100, 30));
        run(1);
        Allocation allocation = new Allocation(cells, Optional.of(Duration.ofHours(1)), 1);
        assertThat(allocation.next(forks, Set.of(1))).isEmpty();
        assertThat(allocation.next(forks, Set.of())).contains(1);
        assertThat(allocation.secondsLeft(forks)).isEqualTo(3600 - SECONDS);
    }
}
