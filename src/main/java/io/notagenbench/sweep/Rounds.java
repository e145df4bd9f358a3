package io.notagenbench.sweep;

import io.notagenbench.results.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The order in which forks run. A round has one fork of each cell that still has one, in a random order of its own: what
 * the machine does meanwhile meets all arms alike. In the first round a smaller cell runs before a larger one of its family,
 * so that larger ones are skipped after one did not fit.
 *
 * @param allocation the cells by number, and the forks that each has in any case
 * @param seed  of the random order
 */
record Rounds(Allocation allocation, long seed) {

    private Map<Integer, Cell> cells() {
        return allocation.cells();
    }

    /** The number of rounds: the most forks that a cell has. */
    int count() {
        return cells().keySet().stream().mapToInt(allocation::least).max().orElse(0);
    }

    /** Forks that are still to run. */
    int left(Ledger ledger) {
        return cells().keySet().stream().filter(number -> !ledger.hasRow(number)).mapToInt(number -> (int) IntStream
                .rangeClosed(1, allocation.least(number)).filter(round -> !ledger.hasFork(number, round)).count()).sum();
    }

    /**
     * Numbers of the cells of a round, in the order in which they run.
     *
     * @param round from 1
     */
    List<Integer> order(int round) {
        List<Integer> numbers = new ArrayList<>(cells().keySet().stream().sorted()
                .filter(number -> allocation.least(number) >= round).toList());
        Collections.shuffle(numbers, new Random(31 * seed + round));
        return round == 1 ? smallestFirst(numbers) : numbers;
    }

    /** The places of a family in the order stay; its members take them in the order of their size. */
    private List<Integer> smallestFirst(List<Integer> numbers) {
        Footprint footprint = new Footprint();
        Map<Map<String, String>, List<Integer>> places = new LinkedHashMap<>();
        for (int place = 0; place < numbers.size(); place++) {
            places.computeIfAbsent(footprint.family(cells().get(numbers.get(place))), family -> new ArrayList<>()).add(place);
        }
        List<Integer> ordered = new ArrayList<>(numbers);
        for (List<Integer> family : places.values()) {
            List<Integer> members = family.stream().map(numbers::get)
                    .sorted((first, second) -> footprint.compare(cells().get(first), cells().get(second))).toList();
            for (int i = 0; i < family.size(); i++) {
                ordered.set(family.get(i), members.get(i));
            }
        }
        return ordered;
    }
}
