package io.notagenbench.sweep;

import io.notagenbench.results.Cell;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.Measured;
import io.notagenbench.statistics.ConfidenceSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many forks each cell gets. Without a budget as many as its {@code f} says. With one, each cell gets one fork, and what is left
 * of the time goes to the cells that decide the answer: always to the one with the widest interval among those that are neither
 * told apart from all others of their question nor known within 5 %. Which one that is follows from the seed and from what the
 * forks gave. Intervals are those of {@link ConfidenceSequence}, so that to look after each fork does not make them too narrow.
 *
 * @param cells  by number
 * @param budget seconds that forks may take in all; empty where the plan says how many there are
 * @param seed   of the order of cells whose intervals are alike
 */
record Allocation(Map<Integer, Cell> cells, Optional<Duration> budget, long seed) {

    /** Half an interval that is narrow enough, as a share of the mean. */
    static final double ENOUGH = 0.05;

    private static final double MILLIS_PER_SECOND = 1e3;

    /** What the answer and the ladder of the report are made of. */
    private static final Set<String> DECIDING = Set.of("FullPieceBenchmark.generate", "StretchBenchmark.decode");

    /** Forks that a cell has in any case. */
    int least(int number) {
        return budget.isPresent() ? 1 : cells.get(number).forks();
    }

    /** The cells that may get more than that; those of the answer, or all where the plan has none of it. */
    Set<Integer> open() {
        Set<Integer> open = new TreeSet<>();
        if (budget.isPresent()) {
            cells.forEach((number, cell) -> {
                if (DECIDING.contains(cell.shortName())) {
                    open.add(number);
                }
            });
            open.addAll(open.isEmpty() ? cells.keySet() : Set.of());
        }
        return open;
    }

    /**
     * The cell that gets the next fork.
     *
     * @param forks of all cells, by number
     * @param ended cells that get no more
     * @return empty where nothing is open, or no fork would end within the budget
     */
    Optional<Integer> next(Map<Integer, List<ForkRow>> forks, Set<Integer> ended) {
        if (budget.isEmpty()) {
            return Optional.empty();
        }
        double left = secondsLeft(forks);
        Map<Integer, ConfidenceSequence> known = new HashMap<>();
        open().forEach(number -> ConfidenceSequence.of(means(forks.get(number))).ifPresent(interval -> known.put(number, interval)));
        List<Integer> candidates = new ArrayList<>(open());
        candidates.removeAll(ended);
        candidates.removeIf(number -> !forks.containsKey(number) || seconds(forks.get(number)) > left || isDecided(number, known));
        int run = forks.values().stream().mapToInt(List::size).sum();
        Collections.shuffle(candidates, new Random(31 * seed + run));
        // those without an interval first, and of them the one with the fewest forks
        return candidates.stream().max(Comparator.<Integer>comparingDouble(number -> known.containsKey(number)
                ? known.get(number).relative() : Double.MAX_VALUE).thenComparing(number -> -forks.get(number).size()));
    }

    /** What the forks so far have left of the budget. */
    double secondsLeft(Map<Integer, List<ForkRow>> forks) {
        double spent = forks.values().stream().flatMap(List::stream).mapToDouble(fork -> fork.run().seconds()).sum();
        return budget.orElse(Duration.ZERO).toMillis() / MILLIS_PER_SECOND - spent;
    }

    private boolean isDecided(int number, Map<Integer, ConfidenceSequence> known) {
        if (!known.containsKey(number)) {
            return false;
        }
        Map<String, String> question = Shard.question(cells.get(number));
        List<Integer> others = open().stream().filter(other -> other != number)
                .filter(other -> Shard.question(cells.get(other)).equals(question)).toList();
        boolean apart = !others.isEmpty() && others.stream().allMatch(other -> known.containsKey(other)
                && !known.get(number).overlaps(known.get(other)));
        return apart || known.get(number).relative() <= ENOUGH;
    }

    private static double[] means(List<ForkRow> forks) {
        return forks == null ? new double[0] : forks.stream().filter(fork -> fork.result() != null)
                .mapToDouble(fork -> Measured.of(fork.result()).estimate().mean()).toArray();
    }

    /** How long another one will take. */
    private static double seconds(List<ForkRow> forks) {
        return forks.stream().mapToDouble(fork -> fork.run().seconds()).average().orElse(0);
    }
}
