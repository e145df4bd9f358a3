package io.notagenbench.sweep;

import io.notagenbench.results.Cell;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a sweep is to do.
 *
 * @param plan           cells of the whole plan
 * @param shard          which part of it this is
 * @param cells          of this part, by their number in the plan
 * @param timeoutSeconds the longest that one fork of a cell may take
 * @param ruler          whether the drift of the machine is measured
 * @param budget         time that forks may take in all, where what they give decides how many there are; empty where the cells say
 * @param orderSeed      seed of the random order in each round, where a run does not go on with its own
 */
public record Job(int plan, Shard shard, Map<Integer, Cell> cells, int timeoutSeconds, boolean ruler,
        Optional<Duration> budget, long orderSeed) {

    public Job {
        cells = Collections.unmodifiableMap(new TreeMap<>(cells));
    }
}
